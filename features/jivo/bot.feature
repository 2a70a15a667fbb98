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
      Given a visitor on the <channel> channel, which the bot serves too
      When the visitor writes "Есть кто живой?"
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
