Feature: The bot comes first
  Jivo gives every new dialogue to the bot, insists until the bot acknowledges, and falls back on its operators.

  Rule: Every new dialogue on a channel served by the bot goes to the bot first.

    @JIVO-BOT-1
    Scenario: A new visitor meets the bot although an operator is online
      Given an operator is online
      When a visitor writes "Добрый день"
      Then the bot is told "Добрый день"
      And the dialogue stays with the bot
      And nothing else happens

    @JIVO-BOT-1
    Scenario Outline: A new visitor meets the bot on every channel that it serves
      Given a <channel> channel that the bot serves too
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?"
      And nothing else happens

      Examples:
        | channel  |
        | telegram |
        | whatsapp |

  Rule: What the bot does not acknowledge is attempted three times in all, then the visitor goes to the operators.

    @JIVO-BOT-3
    Scenario Outline: A bot that never acknowledges loses the visitor to the operators
      Given an operator is online
      And a bot that <manner>
      When a visitor writes "Меня слышно?"
      Then the vendor has tried 3 times, <seconds> seconds apart, with one and the same event
      And the visitor waits for an operator
      And nothing else happens

      Examples:
        | manner                | seconds |
        | stays silent          | 3       |
        | answers with an error | 0       |

    @JIVO-BOT-3
    Scenario: A bot that acknowledges the second attempt keeps the visitor
      Given an operator is online
      And a bot that first stays silent, then acknowledges
      When a visitor writes "Меня слышно?"
      Then the vendor has tried 2 times, 3 seconds apart, with one and the same event
      And the dialogue stays with the bot
      And nothing else happens

  Rule: A repeated event is acknowledged and acted on once.

    @JIVO-BOT-4
    Scenario: An event that comes again later is acknowledged and changes nothing
      Given a visitor in the bot's hands
      When the vendor delivers the visitor's last words once more
      Then every delivery is acknowledged
      And nothing else happens

    @JIVO-BOT-4
    Scenario: An event that comes twice in one moment is answered once
      Given a visitor in the bot's hands
      When the visitor writes "И ещё" and the vendor delivers it twice at once
      Then every delivery is acknowledged
      And the visitor sees "Эхо: И ещё"
      And nothing else happens

  Rule: Of an answer only the status counts, and any 2xx acknowledges.

    @JIVO-BOT-13
    Scenario Outline: A bot that acknowledges in its own way keeps the visitor
      Given an operator is online
      And a bot that <manner>
      When a visitor writes "Меня слышно?"
      Then the vendor has tried 1 time, 0 seconds apart, with one and the same event
      And the dialogue stays with the bot
      And nothing else happens

      Examples:
        | manner                            |
        | acknowledges with an error inside |
        | acknowledges with another success |

    @JIVO-BOT-13
    Scenario Outline: Whatever else the bot does counts as one failed attempt
      Given an operator is online
      And a bot that first <manner>, then acknowledges
      When a visitor writes "Меня слышно?"
      Then the vendor has tried 2 times, <seconds> seconds apart, with one and the same event
      And the dialogue stays with the bot
      And nothing else happens

      Examples:
        | manner                | seconds |
        | refuses               | 0       |
        | answers with an error | 0       |
        | hangs up              | 0       |
        | stays silent          | 3       |

  Rule: The bot may speak before it acknowledges, several times, or minutes later.

    @JIVO-BOT-10
    Scenario: The bot answers before it acknowledges
      Given a bot that says "Минуту…" before it acknowledges
      When a visitor writes "Где мой заказ?"
      Then the visitor sees "Минуту…"
      And the dialogue stays with the bot
      And nothing else happens

    @JIVO-BOT-10
    Scenario: The bot says two things
      Given a visitor in the bot's hands
      When the bot says "Первое", then "Второе"
      Then the visitor sees "Первое"
      And the visitor sees "Второе"
      And nothing else happens

    @JIVO-BOT-10
    Scenario: The bot answers minutes later
      Given a visitor in the bot's hands
      And 10 minutes have passed
      When the bot says "Нашёл ваш заказ"
      Then the visitor sees "Нашёл ваш заказ"
      And nothing else happens

  Rule: A malformed call is refused and reaches nobody.

    @JIVO-BOT-6
    Scenario Outline: The bot sends what is no message
      Given a visitor in the bot's hands
      When the bot sends the faulty message "<fault>"
      Then the vendor refuses it as <error>
      And nothing else happens

      Examples:
        | fault                     | error                  |
        | message-missing           | an invalid request     |
        | text-message-text-missing | an invalid request     |
        | message-type-unknown      | an invalid request     |
        | chat-id-missing           | an invalid request     |
        | event-unknown             | an event not supported |

    @JIVO-BOT-6
    Scenario: The bot calls under another token
      Given a visitor in the bot's hands
      When the bot says "Чем помочь?" under the token "17:wrong"
      Then the vendor refuses it as an invalid client
      And nothing else happens

  Rule: Ids are strings; nothing else that bots in the wild send is refused.

    @JIVO-BOT-14
    Scenario Outline: A number in place of an id is refused
      Given a visitor in the bot's hands
      When the bot sends the faulty message "<fault>"
      Then the vendor refuses it as an invalid request
      And nothing else happens

      Examples:
        | fault                  |
        | id-not-a-string        |
        | client-id-not-a-string |
        | chat-id-not-a-string   |

    @JIVO-BOT-14
    Scenario Outline: What bots in the wild send is taken
      Given a visitor in the bot's hands
      When the bot sends the message "<message>"
      Then the visitor sees the message "<message>"
      And nothing else happens

      Examples:
        | message                   |
        | text                      |
        | timestamp-in-milliseconds |
        | timestamp-a-string        |
        | timestamp-absent          |
        | site-id-present           |
        | unknown-keys              |
        | buttons                   |
        | buttons-with-number-ids   |

    @JIVO-BOT-14
    Scenario: A lenient vendor takes a number
      Given a vendor whose strict ids is false
      And a visitor in the bot's hands
      When the bot sends the faulty message "id-not-a-string"
      Then the vendor takes it
      And the visitor sees the faulty message "id-not-a-string"
      And nothing else happens

  Rule: A visitor handed over after failed attempts waits for an operator, and the bot hears of that operator alone.

    @JIVO-BOT-15
    Scenario: Nobody is online
      Given a bot that answers with an error
      When a visitor writes "Меня слышно?"
      Then the visitor waits for an operator
      And the vendor has tried 3 times, 0 seconds apart, with one and the same event
      And nothing else happens

    @JIVO-BOT-15
    Scenario: An operator comes and accepts
      Given a bot that answers with an error
      And a visitor in the bot's hands
      And a bot that acknowledges
      And an operator is online
      When the operator accepts the dialogue
      Then the bot is told that the chat is closed to it
      And the webhook is told that an operator accepted
      And the visitor reads that the operator joined
      And nothing else happens

  Rule: Two bots with one token cannot be told apart, and neither is served.

    @JIVO-BOT-18
    Scenario: The visitor goes to the operators
      Given another bot was connected with the same token
      When a visitor writes "Добрый день"
      Then the visitor waits for an operator
      And the bot is told nothing
      And nothing else happens

    @JIVO-BOT-18
    Scenario: The bot is refused
      Given a visitor in the bot's hands
      And another bot was connected with the same token
      When the bot says "Чем помочь?"
      Then the vendor refuses it as an invalid client
      And nothing else happens

  Rule: The bot can ask for a rating in the widget.

    @JIVO-BOT-11
    Scenario: The visitor sees the rating form
      Given a visitor in the bot's hands
      When the bot asks for a rating
      Then the visitor sees the rating form
      And the vendor takes it
      And nothing else happens

    @JIVO-BOT-11
    Scenario Outline: The bot is told the rating
      Given a visitor in the bot's hands
      And the bot has asked for a rating
      When the visitor rates the bot "<mark>"
      Then the bot is told the rating "<mark>"
      And nothing else happens

      Examples:
        | mark       |
        | bad        |
        | badnormal  |
        | normal     |
        | goodnormal |
        | good       |

    @JIVO-BOT-11
    Scenario: A messenger shows no rating form
      Given a telegram channel that the bot serves too
      And a visitor in the bot's hands
      When the bot asks for a rating
      Then the vendor takes it
      And nothing else happens

  Rule: The archive keeps both sides of a dialogue with the bot.

    @JIVO-BOT-12
    Scenario: A dialogue that no operator ever took part in
      Given a visitor in the bot's hands
      And the bot has said "Чем помочь?"
      When 20 minutes pass
      Then the bot is told that the chat is closed to it
      And the archive holds "Здравствуйте" from the visitor
      And the archive holds "Чем помочь?" from the bot
      And nothing else happens
