Feature: The visitor's card comes by webhook
  The bot learns no contacts; they come to the channel's webhook once an operator has to do with the visitor.

  Rule: The webhook of the dialogue's channel is told when an operator accepts, edits the card, and when the chat ends.

    @JIVO-CONTACT-9
    Scenario: An operator accepts
      Given an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the webhook is told that an operator accepted
      And the bot is told that the chat is closed to it
      And the visitor reads that the operator joined
      And nothing else happens

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
