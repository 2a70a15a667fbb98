Feature: LiveTex's operators, and what is told of them
  Nothing is told of an assignment or a transfer but by the next operator's read mark.

  Rule: Reading is reported with the message that was read and the one who read it.

    @LTX-HANDOVER-7
    Scenario: An operator is assigned
      Given an operator is online
      And the visitor has written "Здравствуйте"
      And the bridge has chosen the first group
      When the operator is assigned the dialogue
      Then the webhook is told nothing of the dialogue

    @LTX-HANDOVER-7
    Scenario: An operator opens the dialogue and reads what was kept
      Given an operator is online
      And the visitor has written "Здравствуйте"
      And the bridge has chosen the first group
      And the operator has been assigned the dialogue
      When the operator opens the dialogue
      Then the webhook is told that the operator has read "Здравствуйте"
      And nothing else happens

    @LTX-HANDOVER-7
    Scenario: An operator reads two messages at once
      Given an operator is online
      And the visitor has written "Здравствуйте"
      And the visitor has written "Есть вопрос"
      And the bridge has chosen the first group
      When the operator opens the dialogue
      Then the webhook is told that the operator has read "Здравствуйте"
      And the webhook is told that the operator has read "Есть вопрос"
      And nothing else happens

    @LTX-HANDOVER-7
    Scenario: An operator opens the dialogue again for what is new
      Given a visitor in an operator's hands
      And the visitor has written "И ещё вопрос"
      When the operator opens the dialogue
      Then the webhook is told that the operator has read "И ещё вопрос"
      And nothing else happens

  Rule: A transfer is not told, but the new operator's reading is.

    @LTX-TRANSFER-2
    Scenario: The dialogue is passed to another operator
      Given a visitor in an operator's hands
      And a second operator is online
      When the operator passes the chat to the second
      Then the webhook is told nothing of the dialogue

    @LTX-TRANSFER-2
    Scenario: The dialogue is passed to another group
      Given the group "Бухгалтерия" stands behind the others
      And a visitor in an operator's hands
      When the operator passes the chat to the second group
      Then the webhook is told nothing of the dialogue

    @LTX-TRANSFER-2
    Scenario: The new operator opens the dialogue
      Given a visitor in an operator's hands
      And a second operator is online
      And the operator has passed the chat to the second
      When the second operator opens the dialogue
      Then the webhook is told that the second operator has read "Здравствуйте"
      And nothing else happens

  Rule: Closing ends the choice of the group, going offline does not.

    @LTX-CLOSE-3
    Scenario: The operator closes the dialogue
      Given a visitor in an operator's hands
      When the operator finishes the chat
      Then the webhook is told that the chat is closed

    @LTX-CLOSE-3
    Scenario: The next words are kept again
      Given a visitor in an operator's hands
      And the operator has finished the chat
      When the visitor writes "Я забыл спросить"
      Then the vendor takes it
      And the webhook is told that no group is chosen
      And the operator reads nothing of "Я забыл спросить"

    @LTX-CLOSE-3
    Scenario: An operator who goes offline keeps the dialogue
      Given a visitor in an operator's hands
      And the operator has gone offline
      When the visitor writes "Вы вернётесь?"
      Then the vendor takes it
      And the webhook is told nothing of the dialogue
      And the dialogue stays with the operator
      And nothing else happens

  Rule: Only доступен counts as online, and only in the group's list.

    @LTX-OFFLINE-2
    Scenario Outline: What a status counts for
      Given an operator is online
      And the operator's status is <status>
      When the bridge makes the call groups
      Then the answer tells the somebody-online "<counts>"

      Examples:
        | status     | counts |
        | доступен   | yes    |
        | пауза      | no     |
        | нет на месте | no   |
        | не в сети  | no     |

    @LTX-OFFLINE-2
    Scenario: An operator without a free place is online all the same
      Given an operator is online
      And the operator can have 0 dialogues at once
      When the bridge makes the call groups
      Then the answer tells the somebody-online "yes"
      And the answer tells the somebody-free "no"

    @LTX-OFFLINE-4
    Scenario: A change of status is told once for every active dialogue
      Given a visitor in an operator's hands
      And another visitor in the same operator's hands
      When the operator's status becomes пауза
      Then the webhook is told 2 times that an operator's availability changed, that he can take no more, and not of whom
      And nothing else happens

    @LTX-OFFLINE-4
    Scenario: The operator is available again
      Given a visitor in an operator's hands
      And the operator's status is пауза
      When the operator's status becomes доступен
      Then the webhook is told 1 times that an operator's availability changed, that he can take more, and not of whom
      And nothing else happens

    @LTX-OFFLINE-4
    Scenario: A change of the number of dialogues is told where places are limited
      Given an operator is online
      And the operator can have 1 dialogues at once
      And the visitor has written "Здравствуйте"
      And the bridge has chosen the first group
      When the operator is assigned the dialogue
      Then the webhook is told 1 times that an operator's availability changed, that he can take no more, and not of whom
      And nothing else happens

    @LTX-OFFLINE-4
    Scenario: Without an active dialogue nothing is told
      Given an operator is online
      When the operator's status becomes пауза
      Then nothing else happens

    @LTX-GROUP-3
    Scenario: A new contact point
      When the bridge makes the call groups
      Then the answer tells the group-name "Группа для Messaging API"
      And the answer tells the somebody-online "no"

    @LTX-GROUP-3
    Scenario: The person who registered the account is its first operator
      Given the person who registered the account has come online
      When the bridge makes the call groups
      Then the answer tells the somebody-online "yes"

    @LTX-GROUP-4
    Scenario: Whoever is not in the group's list does not count
      Given an operator is online
      And the operator is in no group
      When the bridge makes the call groups
      Then the answer tells the somebody-online "no"

    @LTX-GROUP-4
    Scenario: Whoever is not in the group's list sees none of its dialogues
      Given an operator is online
      And the operator is in no group
      And the visitor has written "Здравствуйте"
      When the bridge chooses the first group
      Then the operator reads nothing of "Здравствуйте"

    @LTX-GROUP-4
    Scenario: Groups stand in their configured order
      Given the group "Архив" stands before the others
      And the group "Бухгалтерия" stands behind the others
      When the bridge makes the call groups
      Then the answer tells the group-name "Архив", "Группа для Messaging API", "Бухгалтерия"

  Rule: What is passed on with the choice stands at the head of the dialogue.

    @LTX-ATTR-4
    Scenario: Attributes
      Given an operator is online
      And the visitor has written "Здравствуйте"
      When the bridge makes the call handover
      Then the head of the chat shows the attribute Номер заявки "705"
      And the head of the chat shows the attribute Имя заявки "Test"

    @LTX-ATTR-6
    Scenario: Hidden attributes
      Given an operator is online
      And the visitor has written "Здравствуйте"
      When the bridge makes the call handover as "hidden-attributes"
      Then the operator reads nothing of "crm_id"
      And the archive shows the hidden attribute crm_id "4001"
