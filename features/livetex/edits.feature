Feature: What the lead has changed
  In a messenger people correct what they wrote; the bot has answered it by then, and the operator has perhaps read it.

  Rule: What was changed is not answered or run a second time, and breaks nothing.

    @TEXT-2
    Scenario Outline: The bot has answered already
      Given the visitor has written "<old>"
      When the visitor changes "<old>" to "<new>"
      Then the visitor does not see "<answer>"
      And the dialogue stays with the bot

      Examples:
        | old    | new    | answer      |
        | Привед | Привет | Эхо: Привет |
        | /mute  | /twice | Раз         |
        | /mute  | /count | 1           |

    @TEXT-2
    Scenario: Words are changed to the command for an operator
      Given an operator is online
      And the visitor has written "/mute"
      When the visitor changes "/mute" to "/operator"
      Then the dialogue stays with the bot

    @TEXT-2
    Scenario: Words are changed while the bot waits for an answer
      Given the visitor has written "Привед"
      And the visitor has written "/ask"
      When the visitor changes "Привед" to "Привет"
      And the visitor writes "Анна"
      Then the visitor sees "Вы сказали: Анна"

    @TEXT-2
    Scenario: The bot goes on
      Given the visitor has written "Привед"
      When the visitor changes "Привед" to "Привет"
      And the visitor writes "Вы здесь?"
      Then the visitor sees "Эхо: Вы здесь?"
      And nothing else happens

  Rule: While an operator has the dialogue the new wording reaches him, recognisable as a change, or it is known why not.

    @TEXT-2
    Scenario: Words are changed
      Given a visitor in an operator's hands
      And the visitor has written "Привед"
      When the visitor changes "Привед" to "Привет"
      Then the vendor is told of the change to "Привет", or the history says that it is not
      And nothing else happens

    @TEXT-2
    Scenario: Words beside a file are changed
      Given a visitor in an operator's hands
      When the visitor sends the photo "cat.png", saying "Мой кит"
      And the visitor changes "Мой кит" to "Мой кот"
      Then the vendor is told of the change to "Мой кот", or the history says that it is not

    @TEXT-2
    Scenario: What the bot heard is changed when an operator has the dialogue
      Given a visitor in an operator's hands
      When the visitor changes "Здравствуйте" to "Добрый день"
      Then the vendor is told of the change to "Добрый день", or the history says that it is not
      And nothing else happens
