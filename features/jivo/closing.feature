Feature: A finished chat is closed to the bot
  After a chat was finished the bot can no longer send into it, until the visitor writes again.

  Rule: After the operator finishes the chat the bot can no longer send into it.

    @JIVO-CLOSED-1
    Scenario: The bot speaks into a finished chat
      Given a visitor whose chat the operator has finished
      When the bot says "Остались вопросы?"
      Then the vendor refuses it as an invalid request
      And nothing else happens

  Rule: A chat in which nothing is said ends by itself, and is as closed as any other.

    @JIVO-CLOSED-2
    Scenario: The bot speaks into a chat that ended by itself
      Given a visitor in an operator's hands
      And 20 minutes have passed
      When the bot says "Остались вопросы?"
      Then the vendor refuses it as an invalid request
      And nothing else happens

    @JIVO-CLOSED-2
    Scenario: Words keep a chat from ending
      Given a visitor in an operator's hands
      And 10 minutes have passed
      And the visitor has written again
      And 10 minutes have passed
      When the bot says "Остались вопросы?"
      Then the visitor sees "Остались вопросы?"
      And nothing else happens

    @JIVO-CLOSED-6
    Scenario: The bot is told of its own chat's end
      Given a visitor in the bot's hands
      When 20 minutes pass
      Then the bot is told that the chat is closed to it
      And nothing else happens

  Rule: The bot can send again after the operator reopens the chat.

    @JIVO-CLOSED-4
    Scenario: By the notes it can at once
      Given a vendor of the profile seed
      And a visitor whose chat the operator has finished
      And the operator has reopened the chat
      When the bot says "Слушаю вас"
      Then the visitor sees "Слушаю вас"
      And nothing else happens

    @JIVO-CLOSED-4
    Scenario: By the documentation it cannot while the operator is in it
      Given a vendor of the profile current
      And a visitor whose chat the operator has finished
      And the operator has reopened the chat
      When the bot says "Слушаю вас"
      Then the vendor refuses it as an invalid request
      And nothing else happens

    @JIVO-CLOSED-4
    Scenario: By the documentation it can once the operator has left
      Given a vendor of the profile current
      And a visitor whose chat the operator has finished
      And the operator has reopened the chat
      And the operator has left the chat
      When the bot says "Слушаю вас"
      Then the visitor sees "Слушаю вас"
      And nothing else happens

  Rule: While an operator has the unfinished chat, the notes let the bot speak and the documentation does not.

    @JIVO-CLOSED-8
    Scenario: By the notes the visitor sees it
      Given a vendor of the profile seed
      And a visitor in an operator's hands
      When the bot says "Кстати, у нас скидки"
      Then the visitor sees "Кстати, у нас скидки"
      And nothing else happens

    @JIVO-CLOSED-8
    Scenario: By the documentation it is refused
      Given a vendor of the profile current
      And a visitor in an operator's hands
      When the bot says "Кстати, у нас скидки"
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

  Rule: What was not delivered stands so in the history, with the reason.

    @JIVO-CLOSED-5
    Scenario: The bot speaks while an operator has the chat
      Given a visitor in an operator's hands
      When the bot says "Кстати, у нас скидки"
      Then the history holds "Кстати, у нас скидки" from the bot, not delivered
      And nothing else happens

    @JIVO-CLOSED-5 @capability.simulated-time
    Scenario: The vendor refuses
      Given a vendor whose bot in queue is refused
      And an operator is online
      And a visitor whom the bot has handed over
      When the bot says "Сейчас подойдут"
      Then the bot's call is refused
      And the history holds "Сейчас подойдут" from the bot, not delivered
      And nothing else happens

    @JIVO-CLOSED-5 @capability.simulated-time
    Scenario: What was refused does not come later
      Given a vendor whose bot in queue is refused
      And a visitor whom the bot has handed over
      And the bot has said "Сейчас подойдут"
      When 1 hours pass
      Then nothing else happens

  Rule: A visitor who comes back is answered in the chat of the newest event, and is the same lead.

    @JIVO-CLOSED-7
    Scenario Outline: After the end
      Given a vendor whose chat after finish is <chat>
      And a visitor whose chat the operator has finished
      When the visitor writes "Ещё вопрос"
      Then the visitor sees "Эхо: Ещё вопрос"
      And the bridge knows the visitor as one lead
      And nothing else happens

      Examples:
        | chat |
        | same |
        | new  |

    @JIVO-CLOSED-7
    Scenario: After the operator left
      Given a vendor whose chat after leaving is new
      And a visitor whom the operator has left
      When the visitor writes "Ещё вопрос"
      Then the visitor sees "Эхо: Ещё вопрос"
      And the bridge knows the visitor as one lead
      And nothing else happens
