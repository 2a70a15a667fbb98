Feature: How LiveTex delivers its webhooks
  Only 200 within 60 seconds acknowledges; everything else is repeated, with the same id, for 24 hours.

  Rule: What is not acknowledged is repeated, and waits for a webhook if there is none.

    @LTX-DELIVERY-1
    Scenario Outline: What does not acknowledge
      Given a webhook that <manner>
      And the visitor has written "Здравствуйте"
      When <time> pass
      Then the vendor has tried the webhook <times> times, with growing pauses, and with one and the same event

      Examples:
        | manner                            | time        | times |
        | acknowledges with another success | 10 seconds  | 4     |
        | acknowledges without a word       | 10 seconds  | 4     |
        | sends it elsewhere                | 10 seconds  | 4     |
        | answers with an error             | 10 seconds  | 4     |
        | refuses                           | 10 seconds  | 4     |
        | hangs up                          | 10 seconds  | 4     |
        | stays silent                      | 100 seconds | 4     |

    @LTX-DELIVERY-1
    Scenario: After a day it is given up
      Given a webhook that refuses
      And the visitor has written "Здравствуйте"
      And 24 hours have passed
      When 24 hours pass
      Then the webhook is told nothing of the dialogue
      And nothing else happens

    @LTX-DELIVERY-1
    Scenario: What was told before a webhook was set is delivered once it is
      Given a vendor without a webhook
      And the visitor has written "Здравствуйте"
      And 20 hours have passed
      When the bridge makes the call webhook-setting
      Then the vendor takes it
      And the webhook is told that no group is chosen
      And nothing else happens

    @LTX-DELIVERY-1
    Scenario: What was told more than a day before is not
      Given a vendor without a webhook
      And the visitor has written "Здравствуйте"
      And 25 hours have passed
      When the bridge makes the call webhook-setting
      Then the vendor takes it
      And nothing else happens

  Rule: Only the chosen events are sent.

    @LTX-DELIVERY-4
    Scenario: An event that was left out
      Given the bridge has made the call webhook-setting as "only-text-messages"
      When a visitor writes "Здравствуйте"
      Then the vendor takes it
      And nothing else happens

    @LTX-DELIVERY-4
    Scenario: An event that was chosen
      Given a visitor in an operator's hands
      And the bridge has made the call webhook-setting as "only-text-messages"
      When the operator writes "Чем помочь?"
      Then the webhook is told that an operator wrote
      And nothing else happens

    @LTX-DELIVERY-4
    Scenario Outline: Each event that was left out never comes
      Given a visitor in an operator's hands
      And the visitor has written "Кстати"
      And the bridge has made the call webhook-setting as "<chosen>"
      When <deed>
      Then the webhook is told nothing of the dialogue
      And nothing else happens

      Examples:
        | chosen             | deed                                       |
        | only-text-messages | the vendor sends the holding text "Минуту" |
        | only-text-messages | the operator finishes the chat             |
        | only-text-messages | the operator opens the dialogue            |
        | only-closing       | the operator writes "Да"                   |

    @LTX-DELIVERY-4
    Scenario: Without a choice everything comes
      Given a visitor in an operator's hands
      When the vendor sends the holding text "Минуту"
      Then the webhook is told that a holding text was sent
      And nothing else happens

  Rule: The history tells what was said and what happened.

    @LTX-HISTORY-1
    Scenario: Everything of a dialogue
      Given a visitor in an operator's hands
      And the operator has written "Чем помочь?"
      And the operator has finished the chat
      When the bridge makes the call history
      Then the answer tells the kind "Closed", "TextMessage", "MessageDelivered", "DestinationSelected", "TextMessage"
      And the answer tells the author "Employee", "User"
      And the answer tells no secret

    @LTX-HISTORY-1
    Scenario: No more than twenty
      Given the visitor has written 25 messages
      When the bridge makes the call history
      Then the answer holds 20 of the kind

    @LTX-HISTORY-1
    Scenario: What was said before a message
      Given the visitor has written "Раз"
      And the visitor has written "Два"
      And the visitor has written "Три"
      When the bridge asks for the history before "Три"
      Then the answer tells the text "Два", "Раз"

    @LTX-HISTORY-1
    Scenario: What was said after a message
      Given the visitor has written "Раз"
      And the visitor has written "Два"
      And the visitor has written "Три"
      When the bridge asks for the history after "Раз"
      Then the answer tells the text "Два", "Три"
