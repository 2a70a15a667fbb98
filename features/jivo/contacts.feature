Feature: The visitor's card comes by webhook
  The bot learns no contacts; they come to the channel's webhook once an operator has to do with the visitor.

  Rule: The webhook of the dialogue's channel is told when an operator accepts, edits the card, and when the chat ends.

    @JIVO-CONTACT-9
    Scenario Outline: The operator edits the card
      Given a visitor in an operator's hands
      When the operator edits the <contact> in the card
      Then the webhook is told that the card was changed
      And nothing else happens

      Examples:
        | contact |
        | phone   |
        | e-mail  |

    @JIVO-CONTACT-9
    Scenario: The operator finishes the chat
      Given a visitor in an operator's hands
      When the operator finishes the chat
      Then the webhook is told that the chat was finished
      And nothing else happens

    @JIVO-CONTACT-9
    Scenario: The chat ends by itself
      Given a visitor in an operator's hands
      When 20 minutes pass
      Then the webhook is told that the chat was finished
      And nothing else happens

  Rule: Every webhook carries the channel's id, and the card as far as it is filled.

    @JIVO-CONTACT-1
    Scenario Outline: The card fills while the chat goes on
      Given a <channel> channel that the bot serves too
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      And the operator has edited the e-mail in the card
      When the operator finishes the chat
      Then the webhook is told that the chat was finished
      And every webhook names the channel and carries the card as far as it is filled
      And nothing else happens

      Examples:
        | channel  |
        | widget   |
        | telegram |

  Rule: Types differ between surfaces, the digits do not.

    @JIVO-CONTACT-13
    Scenario: Bot events and webhooks tell of one visitor
      Given a visitor in an operator's hands
      And the operator has edited the phone in the card
      And the operator has left the chat
      When the operator edits the e-mail in the card
      Then the webhook is told that the visitor was changed outside a chat
      And every message keeps to the treaty, and names the visitor and the dialogue by the same digits
      And nothing else happens

    @JIVO-CONTACT-13
    Scenario: The last webhook of a chat tells of the same visitor
      Given a visitor in an operator's hands
      When the operator finishes the chat
      Then the webhook is told that the chat was finished
      And every message keeps to the treaty, and names the visitor and the dialogue by the same digits
      And nothing else happens

  Rule: A webhook that is not acknowledged is attempted three times in all, with the same body.

    @JIVO-CONTACT-15
    Scenario Outline: The webhook does not acknowledge
      Given a webhook that <manner>
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the vendor has tried the webhook 3 times, <seconds> seconds apart, with one and the same event
      And the bot is told that the chat is closed to it
      And the visitor reads that the operator joined
      And nothing else happens

      Examples:
        | manner                | seconds |
        | stays silent          | 10      |
        | answers with an error | 0       |

    @JIVO-CONTACT-15
    Scenario: The webhook acknowledges in its own way
      Given a webhook that acknowledges with another success
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the webhook is told that an operator accepted
      And the bot is told that the chat is closed to it
      And the visitor reads that the operator joined
      And nothing else happens

  Rule: What the webhook answers, the operator sees.

    @JIVO-CONTACT-8
    Scenario: The answer to an acceptance
      Given a webhook that answers with "everything"
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the card shows what the webhook answered with "everything"

    @JIVO-CONTACT-8
    Scenario: The answer to an edited card
      Given a visitor in an operator's hands
      And a webhook that answers with "everything"
      When the operator edits the phone in the card
      Then the card shows what the webhook answered with "everything"

    @JIVO-CONTACT-8
    Scenario: Without its ok the answer is ignored
      Given a webhook that answers with "cyrillic-ok"
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the card shows nothing of what the webhook answered with "cyrillic-ok"

  Rule: Until the channel's id is entered, its webhooks are only logged.

    @JIVO-CONTACT-2 @JIVO-CONTACT-3 @JIVO-CONTACT-16
    Scenario: An operator edits the card of a channel that nobody entered
      Given a telegram channel that the bot serves too
      And a visitor in an operator's hands
      When the operator edits the phone in the card
      Then the webhook is told that the card was changed
      And the webhook log shows that the card was changed
      And the lead has no messenger and no contacts
      And every webhook is answered with ok

  Rule: From the next webhook on the lead has messenger and contacts, and what is edited there.

    @JIVO-CONTACT-4
    Scenario: The next webhook
      Given a telegram channel that the bot serves too
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      And the operator has edited the e-mail in the card
      And the channel's id is entered for telegram
      When the operator finishes the chat
      Then the webhook is told that the chat was finished
      And the lead has the messenger telegram and the contacts of the card

    @JIVO-CONTACT-4
    Scenario: Not before the next webhook
      Given a telegram channel that the bot serves too
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      When the channel's id is entered for telegram
      Then the lead has no messenger and no contacts
      And nothing else happens

    @JIVO-CONTACT-5
    Scenario Outline: The operator edits the card again
      Given the channel's id is entered for chat
      And a visitor in an operator's hands
      And the operator has edited the <contact> in the card
      When the operator edits the <contact> in the card
      Then the webhook is told that the card was changed
      And the lead has the messenger chat and the contacts of the card

      Examples:
        | contact |
        | phone   |
        | e-mail  |

    @JIVO-CONTACT-6
    Scenario: What a webhook lacks stays
      Given the channel's id is entered for chat
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      And the operator has emptied the phone in the card
      When the operator finishes the chat
      Then the webhook is told that the chat was finished
      And the lead has the phone that was edited

    @JIVO-CONTACT-17
    Scenario: A webhook that was overtaken changes nothing
      Given a vendor whose event timestamps is true
      And the channel's id is entered for chat
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      When the vendor delivers the card once more as it was an hour ago, with another phone
      Then every delivery is acknowledged
      And the lead has the messenger chat and the contacts of the card

  Rule: The channel's id alone tells which channel speaks, for every lead.

    @JIVO-CONTACT-10 @JIVO-CONTACT-12
    Scenario: Two channels, one address
      Given the channel's id is entered for chat
      And a telegram channel that the bot serves too
      And the channel's id is entered for telegram
      And a visitor in an operator's hands
      When the operator edits the phone in the card
      Then the webhook is told that the card was changed
      And the lead has the messenger telegram and the contacts of the card

    @JIVO-CONTACT-12
    Scenario: Another visitor of the same channel
      Given the channel's id is entered for chat
      And a visitor in an operator's hands
      And another visitor in the same operator's hands
      When the operator edits the phone in the card
      Then the webhook is told that the card was changed
      And the lead has the messenger chat and the contacts of the card

    @JIVO-CONTACT-12
    Scenario: Another visitor with the same phone is somebody else
      Given the channel's id is entered for chat
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      And another visitor in the same operator's hands
      When the operator enters the first visitor's phone in the card
      Then the webhook is told that the card was changed
      And the bridge knows both visitors
      And the lead has the messenger chat and the contacts of the card

    @IDENTITY-2
    Scenario: Two visitors with one phone are each answered where they write
      Given the channel's id is entered for chat
      And a visitor in an operator's hands
      And the operator has edited the phone in the card
      And another visitor in the same operator's hands
      And the operator has entered the first visitor's phone in the card
      And the operator has left the chat
      When the visitor writes "Где я?"
      Then the visitor sees "Эхо: Где я?"
      And nothing else happens

    @JIVO-CONTACT-11
    Scenario: The history leads to the log
      Given a visitor in an operator's hands
      When the operator edits the phone in the card
      Then the webhook is told that the card was changed
      And the history holds the channel's id, and leads to the webhook log

  Rule: Every webhook is taken.

    @JIVO-CONTACT-7
    Scenario: One of which nobody has heard
      Given a visitor in the bot's hands
      When the vendor delivers the webhook unknown "unknown-keys"
      Then every delivery is acknowledged
      And the webhook log shows the unknown webhook
      And nothing else happens

    @JIVO-CONTACT-14
    Scenario Outline: One with parts missing or null, or other types
      Given a visitor in the bot's hands
      When the vendor delivers the webhook <webhook> "<sample>"
      Then every delivery is acknowledged
      And the history holds the channel's id, and leads to the webhook log
      And nothing else happens

      Examples:
        | webhook                  | sample        |
        | chat_accepted            | only-required |
        | chat_accepted            | nulls         |
        | chat_updated             | geoip-null    |
        | chat_updated             | number-ids    |
        | chat_finished            | only-required |
        | chat_finished            | no-operator   |
        | client_updated           | only-required |
        | client_updated           | number-ids    |
        | client_attribute_updated | one-attribute |
        | offline_message          | nulls         |
        | call_event               | only-required |
