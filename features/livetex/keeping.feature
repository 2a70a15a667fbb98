Feature: What LiveTex keeps from the operators, and when they see it
  Until the bridge has chosen a group LiveTex keeps what is sent to it.

  Rule: While the bot has the dialogue the operators see none of it.

    @LTX-MIRROR-3 @LTX-MIRROR-5
    Scenario: Words before any group is chosen
      Given an operator is online
      When a visitor writes "Здравствуйте"
      Then the vendor takes it
      And the webhook is told that no group is chosen
      And the operator reads nothing of "Здравствуйте"
      And the dialogue stays with the bot
      And nothing else happens

    @LTX-MIRROR-5
    Scenario: A group is asked for once in a dialogue
      Given the visitor has written "Здравствуйте"
      When the visitor writes "Вы здесь?"
      Then the vendor takes it
      And nothing else happens

    @LTX-MIRROR-5
    Scenario: Who is online is not told with the question
      When a visitor writes "Здравствуйте"
      Then the webhook is told that no group is chosen, and not who is online

  Rule: With the choice of a group the whole history appears, in order.

    @LTX-MIRROR-4
    Scenario: The group is chosen
      Given an operator is online
      And the visitor has written "Здравствуйте"
      And the visitor has written "Мне нужна помощь"
      When the bridge chooses the first group
      Then the vendor takes it
      And the visitor waits for an operator
      And the operator reads "Здравствуйте", then "Мне нужна помощь"
      And nothing else happens

    @LTX-MIRROR-5
    Scenario: Nobody is there for hours, and nothing is lost
      Given the visitor has written "Есть кто?"
      And the bridge has chosen the first group
      And 30 hours have passed
      And an operator is online
      When the operator opens the dialogue
      Then the operator reads "Есть кто?" from the visitor
