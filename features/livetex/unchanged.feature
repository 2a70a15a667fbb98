Feature: What passes between messenger and LiveTex unchanged
  A bridge that escapes, trims or mends what people say puts it into the mouth of somebody who did not write it.

  Rule: Text passes unchanged.

    @SAFETY-2
    Scenario Outline: The lead's words at the vendor
      Given a visitor in an operator's hands
      When the visitor writes "<text>"
      Then the vendor is sent "<text>" from the visitor

      Examples:
        | text                                  |
        | 👩🏽‍🔧 и 🏴‍☠️                           |
        | ё или ё                              |
        | <script>alert(1)</script> & <b>да</b> |
        | *звёздочки* _и_ [скобки] ~да~         |
        | مرحبا, שלום                           |
        | раз\nдва\n\n  три                     |

    @SAFETY-2
    Scenario Outline: The operator's words on the visitor's screen
      Given a visitor in an operator's hands
      When the operator writes "<text>"
      Then the visitor sees "<text>"

      Examples:
        | text                                  |
        | 👩🏽‍🔧 и 🏴‍☠️                           |
        | ё или ё                              |
        | <script>alert(1)</script> & <b>да</b> |
        | *звёздочки* _и_ [скобки] ~да~         |
        | مرحبا, שלום                           |
        | раз\nдва\n\n  три                     |

  Rule: Names pass unchanged.

    @SAFETY-2
    Scenario Outline: The lead's name at the head of the dialogue
      Given a visitor who is called "<name>"
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then the head of the chat shows the name "<name>"

      Examples:
        | name             |
        | 👩🏽‍🔧 Мастер      |
        | Фёдор           |
        | <b>Анна</b> & Ко |
        | مريم             |

    @SAFETY-2
    Scenario Outline: The operator's name on the visitor's screen
      Given the operator <first> <last> is online, known as nothing
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then the visitor reads that the operator joined

      Examples:
        | first      | last       |
        | 👩🏽‍🔧       | Смирнова   |
        | Фёдор     | О'Нил      |
        | <b>Аня</b> | *Смирнова* |
        | مريم       | כהן        |

    @SAFETY-2
    Scenario Outline: The name of the lead's file
      Given a visitor in an operator's hands
      When the visitor sends the document "<name>"
      Then the vendor knows the file's name "<name>" and its size

      Examples:
        | name                  |
        | 👩🏽‍🔧.pdf              |
        | счёт № 1 (копия).pdf |
        | <b>счёт</b>&.pdf      |
        | فاتورة.pdf            |

  Rule: Captions pass unchanged.

    @SAFETY-2
    Scenario Outline: What the lead says beside a file
      Given a visitor in an operator's hands
      When the visitor sends the photo "cat.png", saying "<text>"
      Then the vendor is sent the lead's file, with "<text>"

      Examples:
        | text                     |
        | Мой 🐈‍⬛                  |
        | ещё кот                 |
        | <b>кот</b> & *кот* {cat} |
        | قط                       |
        | раз\nдва                 |
