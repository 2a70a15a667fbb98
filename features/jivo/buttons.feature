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

  Rule: With the option on, the bot's buttons can be clicked.

    @JIVO-BUTTONS-1 @capability.buttons
    Scenario: The visitor asks for the menu
      Given the binding's inline buttons are switched on
      When a visitor writes "/menu"
      Then the visitor sees the buttons "Оператор", "Картинка", "Ещё"
      And nothing else happens

    @JIVO-BUTTONS-1 @capability.buttons
    Scenario: The visitor clicks
      Given the binding's inline buttons are switched on
      And the visitor has written "/menu"
      When the visitor presses "Ещё"
      Then the visitor sees the buttons "Оператор", "Назад"
      And nothing else happens

    @JIVO-BUTTONS-5 @capability.buttons
    Scenario: A channel that shows no buttons shows the choices
      Given a vendor whose abilities is texts
      And the binding's inline buttons are switched on
      When a visitor writes "/menu"
      Then the visitor sees the choices "Оператор", "Картинка", "Ещё" in words
      And nothing else happens

  Rule: With the option off, the captions stand in a text, and writing one runs what it stands for.

    @JIVO-BUTTONS-2
    Scenario: The visitor asks for the menu in words
      Given the binding's inline buttons are switched off
      When a visitor writes "/menu"
      Then the visitor sees the choices "Оператор", "Картинка", "Ещё" in words
      And nothing else happens

    @JIVO-BUTTONS-2
    Scenario: The visitor writes a caption
      Given the binding's inline buttons are switched off
      And the visitor has written "/menu"
      When the visitor writes "Картинка"
      Then the visitor sees "https://files.test/picture.png"
      And nothing else happens

  Rule: A caption means what it means in the visitor's latest menu.

    @JIVO-BUTTONS-3
    Scenario: Another menu has the same caption
      Given the visitor has written "/menu"
      And the visitor has written "/menu2"
      When the visitor writes "Оператор"
      Then the visitor sees "Второе меню"
      And nothing else happens

    @JIVO-BUTTONS-3
    Scenario: The first menu came back
      Given an operator is online
      And the visitor has written "/menu2"
      And the visitor has written "/menu"
      When the visitor writes "Оператор"
      Then the visitor waits for an operator
      And nothing else happens
