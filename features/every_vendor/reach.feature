Feature: A bridge that is kept out
  Whatever the vendor, who has set up the bridge learns that its key was revoked.

  Rule: The binding says what is wrong, instead of silence.

    @REACH-2
    Scenario: The key was revoked
      Given a visitor in the bot's hands
      And "finds the key revoked" strikes the bridge's 1st message to the desk
      When the visitor writes "Вы здесь?"
      Then the binding of the desk says what is wrong
