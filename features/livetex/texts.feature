Feature: Long texts between messenger and LiveTex
  The messenger takes more than LiveTex, and an operator writes more than either: nothing of it gets lost in between.

  Rule: A text over the receiver's limit arrives whole, in order, no character parted, or it is recorded why not.

    @TEXT-1
    Scenario Outline: The lead writes more than LiveTex takes
      Given a vendor whose longest_text is 2000
      And a visitor in the bot's hands
      When the visitor writes "<sign>" <times> times in one message
      Then the vendor is sent it whole, or the history says why not

      Examples:
        | sign   | times |
        | ж      | 4000  |
        | да нет | 600   |
        | ё́    | 1300  |
        | 👩🏽‍🔧   | 1000  |
        | 🏴‍☠️   | 1000  |

    @TEXT-1
    Scenario: The bot says more than LiveTex takes
      Given a vendor whose longest_text is 2000
      And a visitor in the bot's hands
      When the visitor writes "да нет" 600 times in one message
      Then the vendor is sent its echo whole, or the history says why not

    @TEXT-1
    Scenario: The title takes room as well
      Given a vendor whose longest_text is 2000
      And the titles are "Робот" for the bot and "Посетитель, который пришёл из мессенджера" for the lead
      And a visitor in the bot's hands
      When the visitor writes "ж" 1993 times in one message
      Then the vendor is sent it whole, or the history says why not

    @TEXT-1
    Scenario: What the lead writes at length is refused
      Given a visitor in the bot's hands
      And "answers 400" strikes the bridge's 1st message to the desk
      When the visitor writes "ж" 4000 times in one message
      Then the vendor is sent it whole, or the history says why not

    @TEXT-1
    Scenario Outline: The operator writes more than the messenger takes
      Given a visitor in an operator's hands
      When the operator writes "<sign>" <times> times in one message
      Then the visitor sees it whole, or the history says why not

      Examples:
        | sign   | times |
        | ж      | 9000  |
        | да нет | 1500  |
        | ё́    | 3000  |
        | 👩🏽‍🔧   | 2000  |
        | 🏴‍☠️   | 2000  |
        | 🇷🇺     | 4001  |

    @TEXT-1
    Scenario: A piece of what the operator writes is refused
      Given a visitor in an operator's hands
      And "answers 400" strikes the bridge's 2nd message to the visitor
      When the operator writes "да нет" 1500 times in one message
      Then the visitor sees it whole, or the history says why not

  Rule: A text up to the receiver's limit arrives in one piece.

    @SAFETY-2
    Scenario: The lead writes as much as LiveTex takes
      Given a visitor in the bot's hands
      When the visitor writes "ж" 1993 times in one message
      Then the vendor is sent it in one piece

    @SAFETY-2
    Scenario: The operator writes as much as the messenger takes
      Given a visitor in an operator's hands
      When the operator writes "ж" 4095 times in one message
      Then the visitor sees it in one piece
