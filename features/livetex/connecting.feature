Feature: Connecting with LiveTex
  A contact point has an access key, three versions of one interface, and one webhook.

  Rule: The key opens the door, and nothing else does.

    @LTX-CONNECT-1
    Scenario: The key that was generated
      When the bridge makes the call groups
      Then the vendor takes it
      And nothing else happens

    @LTX-CONNECT-1
    Scenario: No key
      When the bridge makes the call groups without a key
      Then the vendor refuses it as no key
      And nothing else happens

    @LTX-CONNECT-1
    Scenario: A key that nobody has
      When the bridge makes the call groups with a key that nobody has
      Then the vendor refuses it as an unknown key
      And nothing else happens

    @LTX-CONNECT-1
    Scenario: The key of yesterday
      Given the administrator has generated another key
      When the bridge makes the call groups
      Then the vendor refuses it as an unknown key
      And nothing else happens

  Rule: The versions differ as documented, and nobody falls back silently.

    @LTX-CONNECT-4
    Scenario Outline: What stands in every version
      When the bridge makes the call groups in version <version>
      Then the vendor takes it
      And nothing else happens

      Examples:
        | version |
        | 1.0     |
        | 1.1     |
        | 1.2     |

    @LTX-CONNECT-4
    Scenario Outline: What came with version 1.1
      When the bridge makes the call <call> in version 1.0
      Then the vendor refuses it as an unknown path
      And nothing else happens

      Examples:
        | call          |
        | history       |
        | current-group |

    @LTX-CONNECT-4
    Scenario: A version that nobody documents
      When the bridge makes the call groups in version 1.3
      Then the vendor refuses it as an unknown path
      And nothing else happens

    @LTX-CONNECT-4
    Scenario Outline: An account of the older product
      Given a vendor whose product is omni 1.0
      When the bridge makes the call groups in version <version>
      Then the vendor refuses it as wrong product
      And nothing else happens

      Examples:
        | version |
        | 1.1     |
        | 1.2     |

    @LTX-CONNECT-4
    Scenario: Who can take a new dialogue is told in version 1.2
      Given an operator is online
      When the bridge makes the call groups in version 1.2
      Then the answer tells the somebody-free "yes"

    @LTX-CONNECT-4
    Scenario: Who can take a new dialogue is not told in version 1.1
      Given an operator is online
      When the bridge makes the call groups in version 1.1
      Then the answer tells no somebody-free

  Rule: A bad call gets the documented status and code, and changes nothing.

    @LTX-CONNECT-5
    Scenario Outline: A call that is wrong as a whole
      When the bridge makes the call visitor-message <how>
      Then the vendor refuses it as <error>
      And nothing else happens

      Examples:
        | how                        | error           |
        | with an empty body         | empty body      |
        | with a body that is no JSON | wrong json      |
        | by another verb            | an unknown path |

    @LTX-CONNECT-5
    Scenario Outline: A call in which something is missing or wrong
      When the bridge makes the call <call> as faulty "<fault>"
      Then the vendor refuses it as invalid data
      And nothing else happens

      Examples:
        | call            | fault                        |
        | visitor-message | user-id-missing              |
        | visitor-message | user-id-not-a-string         |
        | visitor-message | text-missing                 |
        | visitor-message | text-empty                   |
        | visitor-file    | url-missing                  |
        | visitor-file    | url-not-an-address           |
        | handover        | destination-id-missing       |
        | handover        | destination-id-a-number      |
        | handover        | destination-type-another     |
        | handover        | attributes-value-nested      |
        | webhook-setting | webhook-key-missing          |
        | webhook-setting | webhook-event-types-unknown-word |
        | history         | user-id-missing              |
        | history         | chunk-unknown                |
        | current-group   | user-id-missing              |

  Rule: One webhook, set through the interface, whose key is never told.

    @LTX-CONNECT-7
    Scenario: An address that is not secure
      Given a vendor whose https webhooks is true
      When the bridge makes the call webhook-setting
      Then the vendor refuses it as bad webhook
      And nothing else happens

    @LTX-CONNECT-5
    Scenario: A group that there is not
      When the bridge makes the call handover for a group that there is not
      Then the vendor refuses it as an unknown group
      And nothing else happens

    @LTX-CONNECT-7
    Scenario: The new webhook replaces the one before, and keeps its key to itself
      Given the bridge has made the call webhook-setting as "some-events"
      When the bridge makes the call webhook-question
      Then the answer tells the webhook "https://bridge.test/livetex/b-1/webhook"
      And the answer tells no secret
      And the answer tells the kind "MessageDelivered", "TextMessage", "FileMessage", "Closed"

    @LTX-CONNECT-7
    Scenario: The webhook before is told nothing more
      Given a visitor in an operator's hands
      And the bridge has made the call webhook-setting as "all-events"
      When the operator writes "Чем помочь?"
      Then the webhook is told nothing of the dialogue

    @LTX-CONNECT-5
    Scenario: Something breaks at LiveTex
      Given a vendor whose server fault is always
      When the bridge makes the call visitor-message
      Then the vendor refuses it as server fault
      And nothing else happens

    @LTX-CONNECT-5
    Scenario: A choice that was refused is no choice
      Given the visitor has written "Здравствуйте"
      And the bridge has made the call handover for a group that there is not
      When the bridge makes the call current-group
      Then the answer tells no group

    @LTX-CONNECT-5
    Scenario: A webhook that was refused replaces nothing
      Given the bridge has made the call webhook-setting as faulty "webhook-event-types-unknown-word"
      When a visitor writes "Здравствуйте"
      Then the vendor takes it
      And the webhook is told that no group is chosen
      And nothing else happens

    @LTX-CONNECT-7
    Scenario: No webhook was ever set
      Given a vendor without a webhook
      When the bridge makes the call webhook-question
      Then the answer tells the webhook ""
      And the answer tells no secret
