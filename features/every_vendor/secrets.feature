Feature: Secrets
  Keys and tokens stand in addresses, settings and headers, and it takes but one careless line for them to stand elsewhere.

  Rule: A key or token reaches nobody but the party that it was made for.

    @SAFETY-3 @capability.simulated-time
    Scenario Outline: A vendor with whom something is wrong
      Given a visitor in the bot's hands
      And "<fault>" strikes the bridge's calls for 60 seconds
      When the visitor writes "Вы здесь?"
      And the bridge is given 10 minutes
      Then no secret is out

      Examples:
        | fault                  |
        | refuses the connection |
        | answers 500            |
        | answers 400            |
        | drops the answer       |
        | sends it elsewhere     |

    @SAFETY-3
    Scenario: The key is revoked
      Given a visitor in the bot's hands
      And "finds the key revoked" strikes the bridge's 1st message to the visitor
      When the visitor writes "Вы здесь?"
      Then no secret is out

    @SAFETY-3
    Scenario Outline: What the bot tells of the visitor and of the dialogue
      Given a visitor in the bot's hands
      When the visitor writes "<command>"
      Then no secret is out

      Examples:
        | command  |
        | /whoami  |
        | /history |
        | /fail    |

    @SAFETY-3
    Scenario: A handover
      Given an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then no secret is out

    @SAFETY-3
    Scenario: A file is passed on
      Given a visitor in the bot's hands
      When the visitor sends the photo "https://files.test/cat.png"
      Then no secret is out
