Feature: LiveTex's operators come while the bot speaks, or the bridge dies
  LiveTex alone knows whether it has accepted a handover; the lead is told of it no more than once.

  Rule: What the bot has not said when an operator takes the dialogue is never said.

    @TAKEOVER-1 @capability.simulated-time @capability.retry
    Scenario: The handover is accepted between two messages of the bot's
      Given an operator is online
      And a visitor in the bot's hands
      And "drops the answer" strikes the bridge's 1st handover
      And "asks for patience for 100 seconds" strikes the bridge's 2nd message to the visitor
      When the visitor writes "/operator", then "/twice"
      And the bridge is given 5 minutes
      Then the visitor sees "Диалог переведён на оператора"
      And the visitor does not see "Два"
      And the history holds "Раз" from the bot, delivered
      And the history holds "Два" from the bot, not delivered

  Rule: A bridge that is killed at the announcement has handed over once, and says so at most once.

    @TAKEOVER-3 @capability.restart @capability.simulated-time
    Scenario Outline: The bridge is killed at the announcement
      Given an operator is online
      And a visitor in the bot's hands
      And "<fault>" strikes the bridge's 1st message to the visitor
      When the visitor writes "/operator"
      And the bridge is given 5 minutes
      Then the visitor is handed over once, and told so at most once
      And nothing else happens

      Examples:
        | fault                                  |
        | kills the bridge for 5 seconds         |
        | kills the bridge at once for 5 seconds |

    @TAKEOVER-3 @capability.restart @capability.simulated-time
    Scenario: The operator who reads is announced all the same
      Given an operator is online
      And a visitor in the bot's hands
      And the bridge is killed at its 1st handover and started again after 60 seconds
      And the visitor has written "/operator"
      And 5 minutes have passed
      When the operator opens the dialogue
      Then the visitor reads that the operator joined
      And nothing else happens
