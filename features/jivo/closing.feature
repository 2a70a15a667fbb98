Feature: A finished chat is closed to the bot
  After a chat was finished the bot can no longer send into it, until the visitor writes again.

  Rule: After the operator finishes the chat the bot can no longer send into it.

    @JIVO-CLOSED-1
    Scenario: The bot speaks into a finished chat
      Given a visitor whose chat the operator has finished
      When the bot says "Остались вопросы?"
      Then the vendor refuses it as an invalid request
      And nothing else happens

  Rule: The bot can send again once the visitor writes again.

    @JIVO-CLOSED-3
    Scenario: The visitor's words open the chat to the bot
      Given a visitor whose chat the operator has finished
      When the visitor writes "Ещё вопрос"
      Then the bot is told "Ещё вопрос"
      And nothing else happens

    @JIVO-CLOSED-3
    Scenario: The bot answers a visitor who came back
      Given a visitor whose chat the operator has finished
      And the visitor has written again
      When the bot says "Слушаю вас"
      Then the visitor sees "Слушаю вас"
      And nothing else happens
