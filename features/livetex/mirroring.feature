Feature: What the bridge passes on to LiveTex
  Everything that is said goes there as it is written, under the title of who said it.

  Rule: Every message of lead and bot goes to LiveTex, under its title.

    @LTX-MIRROR-1 @LTX-MIRROR-2 @LTX-TYPES-1
    Scenario: The lead's words and the bot's
      Given an operator is online
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then the operator reads "Здравствуйте" from the visitor
      And the operator reads "Эхо: Здравствуйте" from the bot
      And the operator reads "Здравствуйте", then "Эхо: Здравствуйте"

    @LTX-MIRROR-1
    Scenario: Words while nobody is online
      Given a visitor in the bot's hands
      When the visitor writes "Есть кто?"
      Then the archive holds "Есть кто?" from the visitor
      And the visitor sees "Эхо: Есть кто?"
      And nothing else happens

    @LTX-MIRROR-1
    Scenario: Another lead
      Given a visitor in the bot's hands
      When another visitor writes "Я второй"
      Then the archive holds "Я второй" from the visitor
      And the visitor sees "Эхо: Я второй"
      And nothing else happens

    @LTX-MIRROR-8 @SAFETY-2
    Scenario Outline: Titles are free text
      Given the titles are <bot> for the bot and <lead> for the lead
      And an operator is online
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then the operator reads "Здравствуйте" from the visitor
      And the operator reads "Эхо: Здравствуйте" from the bot

      Examples:
        | bot               | lead           |
        | "Наш робот пишет" | "Клиент пишет" |
        | "🤖👩🏽‍🔧 робот"     | "🙂"           |
        | "<b>Бот</b>"      | "Лид & Ко"     |
        | "Бот {lead}"      | "100 %"        |
        | "  Бот "          | " Лид  пишет"  |
        | "بوت"             | "ליד"          |
        | "Наш бот ё"      | "Лид ё"       |

    @LTX-MIRROR-7
    Scenario: A group is asked for, and chosen at the handover only
      Given an operator is online
      When a visitor writes "Здравствуйте"
      Then every delivery is acknowledged
      And the dialogue stays with the bot
      And the operator reads nothing of "Здравствуйте"

    @LTX-MIRROR-7
    Scenario: A group is asked for after the chat was closed
      Given a visitor in an operator's hands
      And the operator has finished the chat
      When the visitor writes "Кто здесь?"
      Then every delivery is acknowledged
      And the operator reads nothing of "Кто здесь?"

  Rule: The lead's history has the operator's part too.

    @LTX-MIRROR-6
    Scenario: Lead, bot and operator
      Given a visitor in an operator's hands
      When the operator writes "Чем помочь?"
      Then the history holds "Здравствуйте" from the lead, delivered
      And the history holds "Эхо: Здравствуйте" from the bot, delivered
      And the history holds "Чем помочь?" from the operator, delivered
      And the history holds "Эхо: Здравствуйте", then "Чем помочь?"

    @LTX-MIRROR-6
    Scenario: The operator's words come late
      Given a visitor in an operator's hands
      And a vendor without a webhook
      And the operator has written "Чем помочь?"
      And 10 minutes have passed
      When the button 'Вебхук' is pressed
      Then the visitor sees "Чем помочь?"
      And the history holds "Чем помочь?" from the operator, delivered

    @LTX-MIRROR-6 @capability.simulated-time
    Scenario: The lead's words wait for their turn
      Given the visitor has written "/slow 60"
      And the visitor has written "Вы здесь?"
      When 2 minutes pass
      Then the history holds "Вы здесь?" from the lead, delivered
      And the history holds "Вы здесь?", then "Готово"

  Rule: Files go as files, under a link that the operator can open.

    @LTX-TYPES-2 @LTX-MIRROR-2
    Scenario Outline: The bot's pictures and videos
      Given a visitor in the bot's hands
      When the visitor writes "<command>"
      Then the vendor is sent the file "<address>" from the bot
      And the visitor is shown a file

      Examples:
        | command  | address                        |
        | /picture | https://files.test/picture.png |
        | /video   | https://files.test/video.mp4   |

    @LTX-TYPES-4
    Scenario Outline: The bot's other files
      Given a visitor in the bot's hands
      When the visitor writes "<command>"
      Then the vendor is sent the file "<address>" from the bot
      And the visitor is shown a file

      Examples:
        | command | address                      |
        | /file   | https://files.test/file.pdf  |
        | /audio  | https://files.test/audio.mp3 |
        | /voice  | https://files.test/voice.ogg |

    @LTX-MIRROR-2
    Scenario: A caption goes below the title
      Given a visitor in the bot's hands
      When the visitor writes "/captioned"
      Then the vendor is sent the file "https://files.test/picture.png" from the bot, with "Подпись"
      And the visitor is shown a file

    @LTX-MIRROR-2
    Scenario: The lead's own words beside a file
      Given a visitor in an operator's hands
      When the visitor sends the photo "cat.png", saying "Мой кот"
      Then the vendor is sent the lead's file, with "Мой кот"

    @LTX-TYPES-2
    Scenario Outline: The lead's pictures and videos
      Given a visitor in an operator's hands
      When the visitor sends the <kind> "<name>"
      Then the operator can open the lead's file, and its link holds no secret

      Examples:
        | kind  | name     |
        | photo | cat.png  |
        | video | trip.mp4 |

    @LTX-TYPES-4
    Scenario Outline: The lead's other files
      Given a visitor in an operator's hands
      When the visitor sends the <kind> "<name>"
      Then the operator can open the lead's file, and its link holds no secret
      And the vendor knows the file's name "<name>" and its size

      Examples:
        | kind     | name        |
        | document | договор.pdf |
        | audio    | song.mp3    |

  Rule: A menu goes as text, and a choice as the item's script code.

    @LTX-TYPES-3
    Scenario: A menu
      Given a visitor in the bot's hands
      When the visitor writes "/menu"
      Then the vendor is sent the choices "Оператор", "Картинка", "Ещё" in words

    @LTX-TYPES-5
    Scenario: A choice
      Given the visitor has written "/menu"
      When the visitor presses "Ещё"
      Then the vendor is sent "menu2" from the visitor

  Rule: What the operator sends reaches the lead once, and nothing else does.

    @LTX-TYPES-6
    Scenario: Words
      Given a visitor in an operator's hands
      When the operator writes "Чем помочь?"
      Then the visitor sees "Чем помочь?"
      And nothing else happens

    @LTX-TYPES-6
    Scenario Outline: More words
      Given a visitor in an operator's hands
      And the operator has written "Чем помочь?"
      When the operator writes "<text>"
      Then the visitor sees "<text>"
      And nothing else happens

      Examples:
        | text        |
        | Вы тут?     |
        | Чем помочь? |

    @LTX-TYPES-6
    Scenario Outline: A file, whatever is known of it
      Given a visitor in an operator's hands
      When the operator sends the file "https://files.test/a.pdf" <known>
      Then the visitor is shown a file
      And nothing else happens

      Examples:
        | known                               |
        | without name, size and comment      |
        | with name and size, without comment |
        | with name, size and comment         |

    @LTX-TYPES-6
    Scenario: A comment beside a file
      Given a visitor in an operator's hands
      When the operator sends the file "https://files.test/a.pdf" with name, size and comment
      Then the visitor sees "Посмотрите, пожалуйста"
      And nothing else happens

    @LTX-TYPES-6
    Scenario Outline: Words in every form that LiveTex has had
      Given a visitor in an operator's hands
      When the vendor delivers the webhook TextMessage "<sample>"
      Then the visitor sees "<text>"
      And nothing else happens

      Examples:
        | sample                | text          |
        | version-1.0           | Здравствуйте! |
        | string-timestamp      | Привет        |
        | who-wrote-is-not-told | Готово        |
        | nickname-only         | Чем помочь?   |

    @LTX-TYPES-6
    Scenario: The lead's own words come back
      Given a visitor in an operator's hands
      When the vendor delivers the webhook TextMessage "visitor-wrote"
      Then every delivery is acknowledged
      And nothing else happens

    @LTX-TYPES-7
    Scenario: A holding text
      Given an operator is online
      And a visitor whom the bot has handed over
      When the vendor sends the holding text "Оператор скоро ответит"
      Then the visitor sees "Оператор скоро ответит"
      And nothing else happens

  Rule: What setLiveTexAttr keeps goes along with the handover.

    @LTX-ATTR-1 @LTX-ATTR-2
    Scenario: The attributes are kept, and not sent yet
      Given a visitor in the bot's hands
      When the visitor writes "/attributes"
      Then the lead keeps "номер_заявки" 705 and "имя_заявки" "Test" for the operators
      And the visitor sees "Атрибуты записаны"
      And nothing else happens

    @LTX-ATTR-2 @LTX-ATTR-3
    Scenario: The attributes are sent at the handover
      Given an operator is online
      And the visitor has written "/attributes"
      When the visitor writes "/operator"
      Then the head of the chat shows the attribute номер_заявки "705"
      And the head of the chat shows the attribute имя_заявки "Test"

    @LTX-ATTR-5
    Scenario: A second handover reads afresh
      Given an operator is online
      And the visitor has written "/attributes номер=1"
      And the visitor has been with an operator
      And the visitor has written "/attributes номер=2"
      When the visitor writes "/operator"
      Then the head of the chat shows the attribute номер "2"
