Feature: Two vendors' operators at once
  A bridge that serves LiveTex and Jivo hands each visitor to one desk, and brings every answer to the one who asked.

  Rule: In a Jivo dialogue the handover goes to Jivo's operators, on a direct channel to LiveTex's.

    @TAKEOVER-4
    Scenario: A handover in a Jivo dialogue
      Given an operator is online
      And an operator of jivo is online
      And a visitor of jivo
      And the visitor has written "Здравствуйте"
      When the visitor writes "/operator"
      Then the visitor waits for an operator of jivo
      And the dialogue stays with the bot
      And nothing else happens

    @TAKEOVER-4
    Scenario: A handover on a direct channel
      Given an operator of jivo is online
      And an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor waits in the first group
      And the visitor sees "Диалог переведён на оператора"
      And nothing else happens

    @TAKEOVER-4
    Scenario Outline: What LiveTex tells of a Jivo dialogue changes nothing
      Given a visitor of jivo
      And the visitor has written "Здравствуйте"
      When the vendor delivers the webhook <event> "<sample>"
      Then every delivery is acknowledged
      And nothing else happens

      Examples:
        | event       | sample         |
        | TextMessage | operator-wrote |
        | Closed      | closed         |

    @TAKEOVER-4
    Scenario: The bot serves a Jivo visitor of whom LiveTex told that the chat was closed
      Given a visitor of jivo in an operator's hands
      When the vendor delivers the webhook Closed "closed"
      Then every delivery is acknowledged
      And nothing else happens

  Rule: Two leads can be in the hands of two vendors' operators.

    @TAKEOVER-4 @IDENTITY-1
    Scenario: LiveTex's operator answers
      Given a visitor in an operator's hands
      And a visitor of jivo in an operator's hands
      And the first visitor again
      When the operator writes "Чем помочь?"
      Then the visitor sees "Чем помочь?"
      And nothing else happens

    @TAKEOVER-4
    Scenario: The visitor of LiveTex's operator writes
      Given a visitor in an operator's hands
      And a visitor of jivo in an operator's hands
      And the first visitor again
      When the visitor writes "Спасибо"
      Then the operator reads "Спасибо" from the visitor
      And nothing else happens

    @TAKEOVER-4
    Scenario: LiveTex's operator closes
      Given a visitor in an operator's hands
      And a visitor of jivo in an operator's hands
      And the first visitor again
      When the operator finishes the chat
      Then the visitor sees "Оператор вернул диалог боту"
      And nothing else happens

  Rule: People with equal ids stay two at LiveTex too.

    @IDENTITY-1
    Scenario: A person who writes to two bots
      Given the visitor has written "Здравствуйте"
      When a visitor of another account, with the same ids, writes "Я другой"
      Then the vendor knows 2 people

    @IDENTITY-1
    Scenario: The operator answers the one who asked
      Given a visitor in an operator's hands
      And a visitor of another account, with the same ids, who has written "Я другой"
      When the operator writes "Чем помочь?"
      Then the visitor sees "Чем помочь?", in his own account
      And nothing else happens

  Rule: An equal phone moves nothing.

    @IDENTITY-2
    Scenario: A Jivo visitor whose phone is another's
      Given a visitor of jivo in an operator's hands
      And the operator has edited the phone in the card
      And the first visitor again
      When a visitor writes "Привет"
      Then the visitor sees "Эхо: Привет"
      And nothing else happens
