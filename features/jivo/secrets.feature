Feature: Secrets between bot and Jivo
  Whoever does not know the token must not learn it from the bridge.

  Rule: A key or token reaches nobody but the party that it was made for.

    @SAFETY-3
    Scenario: Somebody calls under another token
      Given the bot's token was pasted as "17:unknown"
      When a visitor writes "Добрый день"
      Then no secret is out

    @SAFETY-3
    Scenario: A webhook is logged
      Given a visitor in an operator's hands
      When the operator finishes the chat
      Then the webhook log shows that the chat was finished
      And no secret is out

  Rule: The bridge calls no host but the vendors it was given.

    @SAFETY-4
    Scenario Outline: A webhook full of addresses
      Given the visitor has written "Здравствуйте"
      When the vendor delivers the webhook <event> "everything"
      Then the bridge has called nobody but its vendors

      Examples:
        | event         |
        | chat_accepted |
        | chat_finished |

    @SAFETY-4
    Scenario Outline: A visitor's file under an address
      Given the visitor has written "Здравствуйте"
      When the vendor delivers the message "<file>"
      Then the bridge has called nobody but its vendors

      Examples:
        | file     |
        | photo    |
        | document |
