Feature: Operators take over and give back
  A command in the bot brings the visitor to the operators; only their leaving, of which nobody is told, brings him back.

  Rule: A command in the bot hands the visitor over.

    @JIVO-OPERATOR-1
    Scenario: The visitor asks the bot for an operator
      Given an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor waits for an operator
      And nothing else happens

  Rule: The bridge adds no announcement of its own, whatever operators do.

    @JIVO-OPERATOR-8
    Scenario: An operator joins
      Given an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the visitor reads that the operator joined
      And the bot is told that the chat is closed to it
      And the webhook is told that an operator accepted
      And nothing else happens

    @JIVO-OPERATOR-8
    Scenario: An operator passes the chat on
      Given a visitor in an operator's hands
      And a second operator is online
      When the operator passes the chat to the second
      Then the visitor reads that the second operator joined
      And nothing else happens

    @JIVO-OPERATOR-4 @JIVO-OPERATOR-8 @capability.simulated-time
    Scenario: An operator leaves, and the bridge says nothing of it for as long as nobody writes
      Given a visitor in an operator's hands
      And the operator has left the chat
      When 10 minutes pass
      Then nothing else happens

    @JIVO-OPERATOR-4
    Scenario: An operator has left, and the bridge says nothing of it when the visitor writes
      Given a visitor whom the operator has left
      When the visitor writes "Есть кто?"
      Then the visitor sees "Эхо: Есть кто?"
      And nothing else happens

  Rule: While an operator has the chat the bot is silent.

    @JIVO-OPERATOR-9
    Scenario: The visitor writes to the operator
      Given a visitor in an operator's hands
      When the visitor writes "Спасибо, что пришли"
      Then nothing else happens

    @JIVO-OPERATOR-9
    Scenario: The bot would like to say something
      Given a visitor in an operator's hands
      When the bot says "Кстати, у нас скидки"
      Then nothing else happens

    @JIVO-OPERATOR-9 @capability.simulated-time
    Scenario: The bot had something to say later
      Given an operator is online
      And the visitor has written "/later 60"
      And the operator has accepted the dialogue
      When 2 minutes pass
      Then nothing else happens

    @JIVO-OPERATOR-9 @capability.simulated-time
    Scenario: What the bot had to say before the operator came is not said after he left
      Given an operator is online
      And the visitor has written "/later 60"
      And the operator has accepted the dialogue
      And the operator has left the chat
      And the visitor has written again
      When 2 minutes pass
      Then nothing else happens

  Rule: When an operator leaves, nobody is told.

    @JIVO-OPERATOR-3
    Scenario: The last operator leaves without a word to anybody
      Given a visitor in an operator's hands
      When the operator leaves the chat
      Then nothing else happens

    @JIVO-OPERATOR-3
    Scenario: One of two operators leaves without a word to anybody
      Given a visitor in the hands of two operators
      When the second operator leaves the chat
      Then nothing else happens

  Rule: After the operator left, the bot resumes with the visitor's next message, not before.

    @JIVO-OPERATOR-5
    Scenario: The visitor's next words wake the bot
      Given a visitor whom the operator has left
      When the visitor writes "Я ещё здесь"
      Then the visitor sees "Эхо: Я ещё здесь"
      And nothing else happens

    @JIVO-OPERATOR-5 @capability.simulated-time
    Scenario: Until the visitor writes, the bot stays silent
      Given a visitor whom the operator has left
      When 10 minutes pass
      Then nothing else happens

  Rule: When an operator accepts, the visitor reads so, and the chat is closed to the bot.

    @JIVO-OPERATOR-2 @JIVO-OPERATOR-10 @JIVO-CONTACT-9 @JIVO-CONNECT-4
    Scenario Outline: An operator accepts, be it in the widget or in a messenger
      Given a <channel> channel that the bot serves too
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the visitor reads that the operator joined
      And the bot is told that the chat is closed to it
      And the webhook is told that an operator accepted
      And nothing else happens

      Examples:
        | channel  |
        | widget   |
        | telegram |

    @JIVO-OPERATOR-10
    Scenario: An operator accepts the bot's invitation
      Given a visitor whom the bot has handed over
      When the operator accepts the dialogue
      Then the bot is told that the chat is closed to it
      And the webhook is told that an operator accepted
      And the visitor reads that the operator joined
      And nothing else happens

    @JIVO-OPERATOR-10
    Scenario: The operator's visitor writes
      Given a visitor in an operator's hands
      When the visitor writes "Спасибо, что ответили"
      Then the operator reads "Спасибо, что ответили" from the visitor
      And the bot is told nothing
      And nothing else happens

    @JIVO-OPERATOR-11
    Scenario: The operator sees what was said before
      Given an operator is online
      And a visitor in the bot's hands
      And the bot has said "Чем помочь?"
      When the operator accepts the dialogue
      Then the operator reads "Здравствуйте" from the visitor
      And the operator reads "Чем помочь?" from the bot

  Rule: Only the last operator's leaving gives the visitor back to the bot.

    @JIVO-OPERATOR-6
    Scenario: Another operator is still there
      Given a visitor in the hands of two operators
      And the second operator has left the chat
      When the visitor writes "Вы ещё здесь?"
      Then the operator reads "Вы ещё здесь?" from the visitor
      And the bot is told nothing
      And nothing else happens

    @JIVO-OPERATOR-6
    Scenario: The bot's words take no visitor from an operator
      Given a visitor in an operator's hands
      And the bot has said "Давайте я"
      When the visitor writes "Кто здесь?"
      Then the operator reads "Кто здесь?" from the visitor
      And the bot is told nothing
      And nothing else happens

    @JIVO-OPERATOR-6
    Scenario: The bot's invitation takes no visitor from an operator
      Given a visitor in an operator's hands
      And the bot has invited an operator
      When the visitor writes "Кто здесь?"
      Then the operator reads "Кто здесь?" from the visitor
      And the bot is told nothing
      And nothing else happens

    @JIVO-OPERATOR-12
    Scenario: The visitor's first words after that go to the bot
      Given a visitor whom the operator has left
      When the visitor writes "Я ещё здесь"
      Then the bot is told "Я ещё здесь"
      And the dialogue stays with the bot
      And nothing else happens

  Rule: When a chat is passed on, the bridge is sent nothing.

    @JIVO-OPERATOR-7
    Scenario: The visitor reads of the second operator
      Given a visitor in an operator's hands
      And a second operator is online
      When the operator passes the chat to the second
      Then the visitor reads that the second operator joined
      And nothing else happens

    @JIVO-OPERATOR-7
    Scenario: A vendor that says nothing to the visitor either
      Given a vendor whose second operator shown is false
      And a visitor in an operator's hands
      And a second operator is online
      When the operator passes the chat to the second
      Then nothing else happens

  Rule: Between the bot's invitation and the acceptance, visitor and bot speak to the operators and the visitor.

    @JIVO-OPERATOR-13
    Scenario: The visitor's words wait for the operators
      Given a visitor whom the bot has handed over
      When the visitor writes "Долго ещё?"
      Then the operator reads "Долго ещё?" from the visitor
      And the bot is told nothing
      And nothing else happens

    @JIVO-OPERATOR-13
    Scenario: The bot's words are still taken
      Given a visitor whom the bot has handed over
      When the bot says "Оператор сейчас подойдёт"
      Then the visitor sees "Оператор сейчас подойдёт"
      And nothing else happens

    @JIVO-OPERATOR-13
    Scenario: A vendor that lets the bot hear the visitor until then
      Given a vendor whose queue hears is bot
      And a visitor whom the bot has handed over
      When the visitor writes "Долго ещё?"
      Then the bot is told "Долго ещё?"
      And nothing else happens
