Feature: Secrets between bridge and LiveTex
  LiveTex shows its secret in every webhook, and the messenger its own in every file's address.

  Rule: A key or token reaches nobody but the party that it was made for.

    @SAFETY-3
    Scenario: Somebody delivers a webhook without the key
      Given a visitor in an operator's hands
      When somebody delivers the webhook TextMessage "operator-wrote" under a wrong key
      Then no secret is out

    @SAFETY-3
    Scenario: A webhook with the key is logged
      Given a visitor in an operator's hands
      When the operator finishes the chat
      Then no secret is out

    @SAFETY-3
    Scenario: The operator looks at a lead's file
      Given a visitor in an operator's hands
      When the visitor sends the photo "cat.png"
      Then the operator can open the lead's file, and its link holds no secret
      And no secret is out

  Rule: The bridge calls no host but the vendors it was given.

    @SAFETY-4
    Scenario Outline: An operator's file
      Given a visitor in an operator's hands
      When the operator sends the file "<address>" with name and size, without comment
      Then the visitor is shown a file
      And the bridge has called nobody but its vendors

      Examples:
        | address                  |
        | https://files.test/1.pdf |
        | http://169.254.169.254/1 |
