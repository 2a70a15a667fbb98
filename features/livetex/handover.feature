Feature: From the bot to LiveTex's operators, and back
  The visitor stays on his own channel; the bridge passes on what is said and announces who comes.

  Rule: The bot answers first, operators online or not.

    @LTX-BOT-1 @LTX-MIRROR-1
    Scenario: The bot answers although an operator is online
      Given an operator is online
      When a visitor writes "Здравствуйте"
      Then the visitor sees "Эхо: Здравствуйте"
      And nothing else happens

    @LTX-BOT-1
    Scenario: The bot answers although nobody is online
      When a visitor writes "Здравствуйте"
      Then the visitor sees "Эхо: Здравствуйте"
      And nothing else happens

  Rule: The handover is announced once LiveTex has accepted it.

    @LTX-HANDOVER-1 @LTX-GROUP-1
    Scenario: The bot hands over
      Given an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor waits in the first group
      And the visitor sees "Диалог переведён на оператора", and not before the vendor has taken it
      And nothing else happens

    @LTX-HANDOVER-1
    Scenario: LiveTex does not accept it
      Given a vendor whose server fault is choices
      And an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor does not see "Диалог переведён на оператора"

  Rule: Whoever reads the dialogue is announced, once for each time an operator takes it.

    @LTX-HANDOVER-2
    Scenario: The operator reads
      Given an operator is online
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then the visitor reads that the operator joined
      And nothing else happens

    @LTX-HANDOVER-3
    Scenario: The operator is assigned and has read nothing yet
      Given a vendor whose availability by number is always
      And an operator is online
      And a visitor whom the bot has handed over
      When the operator is assigned the dialogue
      Then nothing else happens

    @LTX-HANDOVER-3
    Scenario: The operator reads several messages at once
      Given an operator is online
      And a visitor whom the bot has handed over
      And the visitor has written "Жду"
      And the visitor has written "Всё ещё жду"
      When the operator opens the dialogue
      Then the visitor reads that the operator joined
      And nothing else happens

    @LTX-HANDOVER-3
    Scenario: The operator reads again
      Given a visitor in an operator's hands
      And the visitor has written "И ещё вопрос"
      When the operator opens the dialogue
      Then nothing else happens

    @LTX-HANDOVER-3
    Scenario: The operator who was announced writes
      Given a visitor in an operator's hands
      When the operator writes "Чем помочь?"
      Then the visitor sees "Чем помочь?"
      And nothing else happens

    @LTX-HANDOVER-5
    Scenario Outline: By which name
      Given the operator <first> <last> is online, known as <nick>
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then the visitor reads that the operator joined
      And nothing else happens

      Examples:
        | first | last     | nick     |
        | Анна  | Смирнова | Аня      |
        | Анна  | nothing  | Аня      |
        | Анна  | Смирнова | nothing  |
        | Анна  | nothing  | nothing  |

    @LTX-HANDOVER-6
    Scenario: A read mark that names nobody
      Given a vendor whose reader named is false
      And an operator is online
      And a visitor whom the bot has handed over
      When the operator opens the dialogue
      Then nothing else happens

    @LTX-HANDOVER-6
    Scenario: A read mark for a message that nobody sent
      Given an operator is online
      And a visitor whom the bot has handed over
      When the vendor delivers the webhook MessageDelivered "read"
      Then nothing else happens

    @LTX-HANDOVER-3 @LTX-HANDOVER-6
    Scenario: A read mark of the dialogue before
      Given a visitor in an operator's hands
      And the operator has finished the chat
      And the bot has handed over again
      When the vendor delivers the webhook MessageDelivered "read", about "Здравствуйте"
      Then nothing else happens

  Rule: While the operator has the dialogue the bot is silent.

    @LTX-HANDOVER-4 @LTX-MIRROR-8
    Scenario: The visitor writes to the operator
      Given a visitor in an operator's hands
      When the visitor writes "Спасибо, что пришли"
      Then the operator reads "Спасибо, что пришли" from the visitor
      And nothing else happens

    @LTX-HANDOVER-4
    Scenario: The visitor writes a command of the bot's
      Given a visitor in an operator's hands
      When the visitor writes "/menu"
      Then the operator reads "/menu" from the visitor
      And nothing else happens

    @LTX-HANDOVER-4 @capability.simulated-time
    Scenario: The bot had something to say later
      Given an operator is online
      And the visitor has written "/later 60"
      And a visitor whom the bot has handed over
      When 2 minutes pass
      Then nothing else happens

    @LTX-HANDOVER-4
    Scenario: The visitor writes before the operator has read
      Given an operator is online
      And a visitor whom the bot has handed over
      When the visitor writes "Вы тут?"
      Then the operator reads "Вы тут?" from the visitor
      And nothing else happens

  Rule: After a transfer the new operator is announced once he has read, also one who was there before.

    @LTX-TRANSFER-1
    Scenario: The dialogue was passed on, and nobody has read yet
      Given a vendor whose availability by number is always
      And a visitor in an operator's hands
      And a second operator is online
      When the operator passes the chat to the second
      Then nothing else happens

    @LTX-TRANSFER-1
    Scenario: The new operator reads
      Given a visitor in an operator's hands
      And a second operator is online
      And the operator has passed the chat to the second
      When the second operator opens the dialogue
      Then the visitor reads that the second operator joined
      And nothing else happens

    @LTX-TRANSFER-1
    Scenario: The new operator has the very name of the first
      Given the operator Анна Смирнова is online, known as nothing
      And a visitor in the bot's hands
      And the visitor has written "/operator"
      And the operator has opened the dialogue
      And the second operator Анна Смирнова is online, known as nothing
      And the operator has passed the chat to the second
      When the second operator opens the dialogue
      Then the visitor reads that the second operator joined
      And nothing else happens

    @LTX-TRANSFER-3
    Scenario: The dialogue comes back to the first
      Given a visitor in an operator's hands
      And a second operator is online
      And the operator has passed the chat to the second
      And the second operator has opened the dialogue
      And the second operator has passed the chat back
      When the operator opens the dialogue
      Then the visitor reads that the operator joined
      And nothing else happens

  Rule: When the operator closes the chat the bot has it again.

    @LTX-CLOSE-1
    Scenario: The operator closes the chat
      Given a visitor in an operator's hands
      When the operator finishes the chat
      Then the visitor sees "Оператор вернул диалог боту"
      And nothing else happens

    @LTX-CLOSE-2
    Scenario: The bot answers again
      Given a visitor in an operator's hands
      And the operator has finished the chat
      When the visitor writes "Кто здесь?"
      Then the visitor sees "Эхо: Кто здесь?"
      And nothing else happens

    @LTX-CLOSE-2
    Scenario: A later handover starts afresh
      Given a visitor in an operator's hands
      And the operator has finished the chat
      When the visitor writes "/operator"
      Then the visitor waits in the first group
      And the visitor sees "Диалог переведён на оператора"
      And nothing else happens

    @LTX-CLOSE-2
    Scenario: The same operator is announced in the new dialogue
      Given a visitor in an operator's hands
      And the operator has finished the chat
      And the bot has handed over again
      When the operator opens the dialogue
      Then the visitor reads that the operator joined
      And nothing else happens

  Rule: Nobody is handed over when nobody is online.

    @LTX-OFFLINE-1 @LTX-OFFLINE-3
    Scenario: Nobody is online
      Given a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor sees "Сейчас нет свободных операторов"
      And the dialogue stays with the bot
      And nothing else happens

    @LTX-OFFLINE-1
    Scenario Outline: Somebody is there, and not available
      Given an operator is online
      And the operator's status is <status>
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor sees "Сейчас нет свободных операторов"
      And the dialogue stays with the bot
      And nothing else happens

      Examples:
        | status       |
        | пауза        |
        | нет на месте |

    @LTX-OFFLINE-3
    Scenario: The bot goes on serving
      Given a visitor in the bot's hands
      And the visitor has written "/operator"
      When the visitor writes "Тогда вы"
      Then the visitor sees "Эхо: Тогда вы"
      And nothing else happens

    @LTX-OFFLINE-3
    Scenario: There is no script for it
      Given the binding's script for nobody online is switched off
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the dialogue stays with the bot
      And nothing else happens

    @LTX-OFFLINE-3
    Scenario: There is no script for it, and the bot goes on serving
      Given the binding's script for nobody online is switched off
      And a visitor in the bot's hands
      And the visitor has written "/operator"
      When the visitor writes "Тогда вы"
      Then the visitor sees "Эхо: Тогда вы"
      And nothing else happens

    @LTX-CHECK-1 @LTX-CHECK-2
    Scenario: The bot asks first, and somebody is there
      Given an operator is online
      And a visitor in the bot's hands
      When the visitor writes "/check"
      Then the visitor sees "Операторы на связи"
      And the visitor waits in the first group
      And the visitor sees "Диалог переведён на оператора"
      And nothing else happens

    @LTX-CHECK-1 @LTX-CHECK-2
    Scenario: The bot asks first, and nobody is there
      Given a visitor in the bot's hands
      When the visitor writes "/check"
      Then the visitor sees "Операторы не на связи"
      And the dialogue stays with the bot
      And nothing else happens

    @LTX-CHECK-1 @LTX-CHECK-2
    Scenario Outline: The bot asks first, and somebody is there, and not available
      Given an operator is online
      And the operator's status is <status>
      And a visitor in the bot's hands
      When the visitor writes "/check"
      Then the visitor sees "Операторы не на связи"
      And the dialogue stays with the bot
      And nothing else happens

      Examples:
        | status       |
        | пауза        |
        | нет на месте |

  Rule: The first group of the list has the dialogue, whatever its name and code.

    @LTX-GROUP-1
    Scenario Outline: A second group
      Given the group "<name>" stands <place> the others
      And an operator is online
      And the operator is in the first group alone
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor waits in the first group
      And the visitor sees "Диалог переведён на оператора"
      And nothing else happens

      Examples:
        | name  | place  |
        | Архив | before |
        | Ящик  | before |
        | Архив | behind |
        | Ящик  | behind |

    @LTX-GROUP-2
    Scenario: The bot asks first, and only the second group has somebody online
      Given the group "Архив" stands behind the others
      And an operator is online
      And the operator is in the second group alone
      And a visitor in the bot's hands
      When the visitor writes "/check"
      Then the visitor sees "Операторы не на связи"
      And the dialogue stays with the bot
      And nothing else happens

    @LTX-GROUP-2
    Scenario: Only the second group has somebody online
      Given the group "Архив" stands behind the others
      And an operator is online
      And the operator is in the second group alone
      And a visitor in the bot's hands
      When the visitor writes "/operator"
      Then the visitor sees "Сейчас нет свободных операторов"
      And the dialogue stays with the bot
      And nothing else happens
