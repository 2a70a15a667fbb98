Feature: Who is who, and what is said
  Whatever the vendor, people with equal ids are two people, and words are not changed on their way.

  Rule: People with equal ids in two accounts stay two.

    @IDENTITY-1
    Scenario: Two people with one id
      Given the visitor has written "Здравствуйте"
      And a visitor of another account, with the same ids, who has written "Я другой"
      When the visitor writes "Это снова я"
      Then the bridge tells the two apart
      And the visitor sees "Эхо: Это снова я", in his own account
      And nothing else happens

  Rule: Words pass unchanged.

    @SAFETY-2
    Scenario Outline: The visitor's words come back as they were
      Given a visitor in the bot's hands
      When the visitor writes "<text>"
      Then the visitor sees "Эхо: <text>"
      And nothing else happens

      Examples:
        | text                                   |
        | 👩🏽‍🔧 и 🏴‍☠️                              |
        | ё или ё                               |
        | <script>alert(1)</script> & <b>да</b>  |
        | *звёздочки* _и_ [скобки] ~да~           |
        | مرحبا, שלום                            |
        | 100 % {text} $HOME                     |
        | раз\nдва\n\n  три                       |

  Rule: Names pass unchanged.

    @SAFETY-2
    Scenario Outline: A visitor's name is what he calls himself
      Given a visitor who is called "<name>"
      When the visitor writes "Здравствуйте"
      Then the bridge knows the visitor as "<name>"

      Examples:
        | name              |
        | 👩🏽‍🔧 Мастер        |
        | Фёдор            |
        | <b>Анна</b> & Ко  |
        | *Аня* _К_         |
        | مريم              |
        | {name} 100 %      |
