Feature: Buttons
  Where a channel can show no buttons, the fallback text stands in; a press is words like any other.

  Rule: A channel that cannot show buttons or Markdown shows the fallback text, or nothing.

    @JIVO-BUTTONS-4
    Scenario Outline: The fallback text stands in
      Given a vendor whose abilities is texts
      And a visitor in the bot's hands
      When the bot sends the message "<message>"
      Then the visitor sees the fallback text of the message "<message>"
      And nothing else happens

      Examples:
        | message  |
        | buttons  |
        | markdown |

    @JIVO-BUTTONS-4
    Scenario Outline: Without a fallback text nothing is shown
      Given a vendor whose abilities is texts
      And a visitor in the bot's hands
      When the bot sends the message "<message>"
      Then the vendor takes it
      And nothing else happens

      Examples:
        | message                   |
        | buttons-bare              |
        | markdown-without-fallback |

    @JIVO-BUTTONS-4
    Scenario Outline: A channel that can shows what was meant
      Given a visitor in the bot's hands
      When the bot sends the message "<message>"
      Then the visitor sees the message "<message>"
      And nothing else happens

      Examples:
        | message  |
        | buttons  |
        | markdown |

  Rule: A pressed button is words.

    @JIVO-BUTTONS-6
    Scenario: The visitor presses a button
      Given a visitor who sees the bot's buttons "buttons"
      When the visitor presses "Доставка"
      Then the bot is told "Доставка", and not which button it was
      And nothing else happens
