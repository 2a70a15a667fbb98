Feature: Files travel as links
  The notes know no files in bot messages: a link is all there is, and the channel decides what becomes of it.

  Rule: Telegram makes a link active and loads its picture.

    @JIVO-ATTACH-2
    Scenario Outline: The bot sends a link to a visitor in Telegram
      Given a telegram channel that the bot serves too
      And a visitor in the bot's hands
      When the bot says "<link>"
      Then the visitor sees "<link>" <how>
      And nothing else happens

      Examples:
        | link                           | how                        |
        | https://files.test/chainik.jpg | as a link with its picture |
        | https://files.test/price.pdf   | as an active link          |

  Rule: The chat widget shows a link as plain text.

    @JIVO-ATTACH-3
    Scenario Outline: The bot sends a link to a visitor of the widget
      Given a visitor in the bot's hands
      When the bot says "<link>"
      Then the visitor sees "<link>" as plain text
      And nothing else happens

      Examples:
        | link                           |
        | https://files.test/chainik.jpg |
        | https://files.test/price.pdf   |

  Rule: What a visitor attaches reaches the bot as a link, unless media were enabled.

    @JIVO-ATTACH-4
    Scenario: The visitor sends a photo
      Given a visitor in the bot's hands
      When the visitor sends the photo "https://files.test/upload/1.jpg"
      Then the bot is told "https://files.test/upload/1.jpg"
      And nothing else happens

    @JIVO-ATTACH-4
    Scenario: Media were enabled
      Given a vendor whose visitor media is full
      And a visitor in the bot's hands
      When the visitor sends the photo "https://files.test/upload/1.jpg"
      Then the bot is sent the file "https://files.test/upload/1.jpg"
      And nothing else happens

  Rule: The documentation lets the bot send media, the notes do not.

    @JIVO-ATTACH-5
    Scenario Outline: By the documentation media are shown
      Given a vendor of the profile current
      And a visitor in the bot's hands
      When the bot sends the message "<media>"
      Then the visitor sees the message "<media>"
      And nothing else happens

      Examples:
        | media    |
        | photo    |
        | video    |
        | audio    |
        | voice    |
        | document |
        | location |

    @JIVO-ATTACH-5
    Scenario Outline: By the notes media are refused
      Given a vendor of the profile seed
      And a visitor in the bot's hands
      When the bot sends the message "<media>"
      Then the vendor refuses it as an invalid request
      And nothing else happens

      Examples:
        | media    |
        | photo    |
        | video    |
        | audio    |
        | voice    |
        | document |
        | location |

  Rule: What the bot attaches reaches the visitor as a text that is its address.

    @JIVO-ATTACH-1
    Scenario Outline: The bot sends a file
      Given a vendor of the profile <profile>
      When a visitor writes "<command>"
      Then the visitor sees "<address>"
      And nothing else happens

      Examples:
        | profile | command  | address                        |
        | seed    | /picture | https://files.test/picture.png |
        | seed    | /video   | https://files.test/video.mp4   |
        | seed    | /file    | https://files.test/file.pdf    |
        | seed    | /audio   | https://files.test/audio.mp3   |
        | seed    | /voice   | https://files.test/voice.ogg   |
        | current | /picture | https://files.test/picture.png |
        | current | /file    | https://files.test/file.pdf    |
