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

    @JIVO-BOT-4 @capability.simulated-time
    Scenario: An event that comes again minutes later is known
      Given a visitor in the bot's hands
      And 12 minutes have passed
      When the vendor delivers the visitor's last words once more
      Then every delivery is acknowledged
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

  Rule: The bridge acknowledges at once, and works afterwards.

    @JIVO-BOT-2
    Scenario Outline: Whatever the script does, one attempt is enough
      Given an operator is online
      When a visitor writes "<command>"
      Then the vendor has tried 1 time, 0 seconds apart, with one and the same event
      And the dialogue stays with the bot
      And nothing else happens

      Examples:
        | command   |
        | /slow 600 |
        | /fail     |
        | /mute     |

    @JIVO-BOT-2 @capability.simulated-time
    Scenario: What took long is said in the end
      Given the visitor has written "/slow 60"
      When 2 minutes pass
      Then the visitor sees "Готово"
      And nothing else happens

    @JIVO-BOT-2 @capability.buttons
    Scenario: The vendor refuses the answer
      Given a vendor whose most buttons is 3
      And the binding's inline buttons are switched on
      When a visitor writes "/menu 5"
      Then the vendor has tried 1 time, 0 seconds apart, with one and the same event
      And the bot's call is refused
      And nothing else happens

  Rule: The bridge's calls are well formed.

    @JIVO-BOT-5
    Scenario Outline: Every call names the dialogue and has an id of its own
      When a visitor writes "<command>"
      Then every call of the bot keeps to the treaty, and has an id of its own

      Examples:
        | command   |
        | /twice    |
        | /operator |
        | /menu     |

  Rule: What the bridge cannot understand it refuses, and nothing changes.

    @JIVO-BOT-7
    Scenario Outline: A malformed event
      Given a visitor in the bot's hands
      When the vendor delivers the faulty message "<fault>"
      Then the bridge answers it as malformed
      And nothing else happens

      Examples:
        | fault                     |
        | not-an-object             |
        | event-missing             |
        | id-missing                |
        | client-id-missing         |
        | chat-id-missing           |
        | message-missing           |
        | chat-id-not-a-string      |
        | message-not-an-object     |

    @JIVO-BOT-7
    Scenario: An event that it does not know
      Given a visitor in the bot's hands
      When the vendor delivers the unknown event "CLIENT_TELEPORTED"
      Then the bridge answers it as unknown
      And nothing else happens

    @JIVO-BOT-7
    Scenario: Fields that it does not know
      Given a visitor in the bot's hands
      When the vendor delivers the message "unknown-keys"
      Then every delivery is acknowledged
      And the visitor is answered

  Rule: The dialogue stands in the lead's history, both sides, in order, at the true instants.

    @JIVO-BOT-8
    Scenario Outline: The wire says seconds or milliseconds
      Given a vendor whose timestamps is <unit>
      And a visitor in the bot's hands
      When the visitor writes "Где мой заказ?"
      Then the visitor sees "Эхо: Где мой заказ?"
      And the history holds "Где мой заказ?" from the lead, delivered
      And the history holds "Эхо: Где мой заказ?" from the bot, delivered
      And the history holds "Где мой заказ?", then "Эхо: Где мой заказ?"

      Examples:
        | unit         |
        | seconds      |
        | milliseconds |

  Rule: Messages of one visitor are answered in the order in which they arrived.

    @JIVO-BOT-9 @capability.simulated-time
    Scenario: The first takes longer
      Given the visitor has written "/slow 30"
      And the visitor has written "Я подожду"
      When 1 minutes pass
      Then the visitor sees "Готово", then "Эхо: Я подожду"
      And nothing else happens

    @JIVO-BOT-9
    Scenario: Two equal texts in one moment are two messages
      When the visitor writes "Алло", then "Алло"
      Then the visitor sees "Эхо: Алло" 2 times
      And every delivery is acknowledged
      And nothing else happens

  Rule: The bridge serves every visitor, whatever it is not told of him.

    @JIVO-BOT-16
    Scenario: A visitor of whom nothing is known
      Given a telegram channel that the bot serves too
      And a visitor without a name
      When the visitor writes "Аноним"
      Then the visitor sees "Эхо: Аноним"
      And the vendor has tried 1 time, 0 seconds apart, with one and the same event
      And nothing else happens

    @JIVO-BOT-16
    Scenario Outline: A visitor who sends a photo
      Given a vendor whose visitor media is <media>
      And a visitor in the bot's hands
      When the visitor sends the photo "https://files.test/upload/1.jpg"
      Then the vendor has tried 1 time, 0 seconds apart, with one and the same event
      And the visitor is answered

      Examples:
        | media   |
        | link    |
        | address |
        | full    |

    @JIVO-CHANNELS-2
    Scenario Outline: A visitor of any channel
      Given a <channel> channel that the bot serves too
      When a visitor writes "Есть кто живой?"
      Then the visitor sees "Эхо: Есть кто живой?"
      And nothing else happens

      Examples:
        | channel  |
        | widget   |
        | telegram |
        | avito    |
        | pigeon   |

    @JIVO-LEAD-1
    Scenario: A visitor is a lead from the first message on
      When a visitor writes "Добрый день"
      Then the visitor sees "Эхо: Добрый день"
      And the bridge knows the visitor as one lead
      And nothing else happens

  Rule: What other dialects of the vendor tell is acknowledged, and the visitor is told nothing.

    @JIVO-BOT-17
    Scenario: An operator joined and wrote
      Given a vendor whose dialects is true
      And a visitor in an operator's hands
      When the operator writes "Чем помочь?"
      Then every delivery is acknowledged
      And nothing else happens

    @JIVO-BOT-17
    Scenario: After an operator joined the bot is silent
      Given a vendor whose dialects is true
      And a visitor in an operator's hands
      When the bot says "Кстати, у нас скидки"
      Then nothing else happens

    @JIVO-BOT-17 @capability.rating
    Scenario: The visitor rates the bot
      Given the visitor has written "/rate"
      When the visitor rates the bot "good"
      Then every delivery is acknowledged
      And nothing else happens
