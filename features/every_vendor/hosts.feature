Feature: Addresses that others give
  What people and vendors say is full of addresses, and a bridge that goes there goes for whoever planted them.

  Rule: The bridge calls no host but the vendors it was given.

    @SAFETY-4
    Scenario Outline: An address in what the visitor says
      Given a visitor in the bot's hands
      When the visitor writes "<address>"
      Then the visitor sees "Эхо: <address>"
      And the bridge has called nobody but its vendors

      Examples:
        | address                                 |
        | https://files.test/cat.png              |
        | http://127.0.0.1:8080/admin             |
        | http://169.254.169.254/latest/meta-data |

    @SAFETY-4
    Scenario: A visitor's file
      Given a visitor in the bot's hands
      When the visitor sends the photo "https://files.test/cat.png"
      Then the bridge has called nobody but its vendors

    @SAFETY-4
    Scenario: A vendor that sends the bridge elsewhere
      Given a visitor in the bot's hands
      And "sends it elsewhere" strikes the bridge's 1st message to the visitor
      When the visitor writes "Вы здесь?"
      Then the bridge has called nobody but its vendors
