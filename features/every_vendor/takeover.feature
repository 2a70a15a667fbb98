Feature: An operator comes
  One voice at a time: what the bot had to say before stays unsaid, and nobody is asked for twice.

  Rule: What the bot has not said when an operator takes the dialogue is never said.

    @TAKEOVER-1 @capability.simulated-time
    Scenario: The operator comes in the middle of the bot's answer
      Given an operator is online
      And the visitor has written "/later 60"
      And a visitor whom the bot has handed over
      And the operator has accepted the dialogue
      When 2 minutes pass
      Then the history holds "Прошло 60 с" from the bot, not delivered
      And nothing else happens

    @TAKEOVER-1 @capability.simulated-time
    Scenario: The bot is back
      Given an operator is online
      And the visitor has written "/later 60"
      And a visitor whom the bot has handed over
      And the operator has accepted the dialogue
      And the operator has finished the chat
      When the visitor writes "Есть кто?"
      And the bridge is given 2 minutes
      Then the visitor sees "Эхо: Есть кто?"
      And the history holds "Прошло 60 с" from the bot, not delivered
      And nothing else happens

  Rule: Whoever asks twice is handed over once.

    @TAKEOVER-2
    Scenario: The visitor asks twice in one moment
      Given an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/check", then "/operator"
      Then the visitor is handed over once, and told so once
      And the visitor sees "Операторы на связи"
      And nothing else happens

    @TAKEOVER-2 @capability.retry @capability.simulated-time
    Scenario: The visitor asks again while the vendor cannot be asked
      Given an operator is online
      And a visitor in the bot's hands
      And "answers 503" strikes the bridge's handovers for 30 seconds
      And the visitor has written "/check"
      When the visitor writes "/operator"
      And the bridge is given 5 minutes
      Then the visitor is handed over once, and told so once
      And nothing else happens

    @TAKEOVER-2 @capability.simulated-time
    Scenario Outline: The visitor asks once, and it comes twice
      Given an operator is online
      And a visitor in the bot's hands
      And "comes twice, <seconds> seconds apart" strikes the vendor's 1st message from the visitor
      When the visitor writes "/operator"
      And the bridge is given 2 minutes
      Then the visitor is handed over once, and told so once
      And nothing else happens

      Examples:
        | seconds |
        | 0       |
        | 60      |

    @TAKEOVER-2
    Scenario: The visitor asks again while he waits
      Given a visitor whom the bot has handed over
      When the visitor writes "/check"
      Then the operator reads "/check" from the visitor
      And nothing else happens

  Rule: A bridge that is killed at the handover has, once restarted, handed over once, and the bot is silent.

    @TAKEOVER-3 @capability.restart @capability.simulated-time
    Scenario Outline: The bridge is killed at the handover
      Given an operator is online
      And a visitor in the bot's hands
      And "<fault>" strikes the bridge's 1st handover
      When the visitor writes "/operator"
      And the bridge is given 5 minutes
      Then the visitor is handed over once, and told so at most once

      Examples:
        | fault                                  |
        | kills the bridge for 5 seconds         |
        | kills the bridge at once for 5 seconds |

    @TAKEOVER-3 @capability.restart @capability.simulated-time
    Scenario: The bot is silent after it
      Given an operator is online
      And a visitor in the bot's hands
      And the bridge is killed at its 1st handover and started again after 5 seconds
      And the visitor has written "/operator"
      And 5 minutes have passed
      When the visitor writes "Вы тут?"
      Then the operator reads "Вы тут?" from the visitor
      And nothing else happens

    @TAKEOVER-3 @capability.restart @capability.simulated-time
    Scenario: What the bot meant to say is not said
      Given an operator is online
      And the visitor has written "/later 60"
      And the bridge is killed at its 1st handover and started again after 5 seconds
      And the visitor has written "/operator"
      And the operator has accepted the dialogue
      When 5 minutes pass
      Then the history holds "Прошло 60 с" from the bot, not delivered
      And nothing else happens
