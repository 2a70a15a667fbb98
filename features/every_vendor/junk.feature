Feature: Junk
  A bridge's addresses are open to the whole internet: whatever comes there, no dialogue suffers.

  Rule: What is no message is refused at once, and costs nobody anything.

    @SAFETY-1
    Scenario Outline: A body that is no message
      Given a visitor whose chat the operator has finished
      When somebody sends the bridge what is <kind>, and the visitor writes "Вы ещё здесь?"
      Then the bridge has refused all of that at once
      And the visitor sees "Эхо: Вы ещё здесь?"
      And nothing else happens

      Examples:
        | kind         |
        | empty        |
        | not JSON     |
        | not UTF-8    |
        | no object    |
        | too deep     |
        | too large    |
        | badly packed |
