Feature: A bot and a webhook are connected
  The administrator pastes a token and an address; what is pasted is used exactly as it is, channel by channel.

  Rule: Events go to the bot's address followed by the token, and the bot calls under the same token.

    @JIVO-CONNECT-1
    Scenario Outline: The token stands in the address of every event
      Given a bot with the token "<token>"
      When a visitor writes "Добрый день"
      Then the bot is told "Добрый день"
      And the dialogue stays with the bot
      And nothing else happens

      Examples:
        | token          |
        | 17:0123abc     |
        | ключ/№ 1, 100% |

    @JIVO-CONNECT-1
    Scenario: The token stands in the address of every call
      Given a bot with the token "ключ/№ 1, 100%"
      And a visitor in the bot's hands
      When the bot says "Чем помочь?"
      Then the visitor sees "Чем помочь?"
      And nothing else happens

  Rule: A token pasted with a blank is another token.

    @JIVO-CONNECT-2
    Scenario Outline: Events go to the token as it was pasted
      Given the bot's token was pasted with a blank at <place>
      When a visitor writes "Добрый день"
      Then the bot is called under the token with the blank at <place>
      And the visitor waits for an operator
      And nothing else happens

      Examples:
        | place         |
        | its beginning |
        | its end       |

    @JIVO-CONNECT-2
    Scenario Outline: The bot's own token is not that token
      Given the bot's token was pasted with a blank at <place>
      And a visitor in the bot's hands
      When the bot says "Чем помочь?"
      Then the vendor refuses it as an invalid client
      And nothing else happens

      Examples:
        | place         |
        | its beginning |
        | its end       |

  Rule: Webhooks are switched on per channel.

    @JIVO-CONNECT-4 @JIVO-CONNECT-12
    Scenario Outline: A channel with webhooks off tells nothing, and the bot has it all the same
      Given a <channel> channel that the bot serves too
      And the channel's webhooks are switched off
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the bot is told that the chat is closed to it
      And the visitor reads that the operator joined
      And nothing else happens

      Examples:
        | channel  |
        | widget   |
        | telegram |

    @JIVO-CONNECT-12
    Scenario: A channel without the bot tells its webhook all the same
      Given the channel's bot is switched off
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then the webhook is told that an operator accepted
      And the visitor reads that the operator joined
      And nothing else happens

  Rule: A webhook's address pasted with a blank leads nowhere, and nobody is told.

    @JIVO-CONNECT-5
    Scenario Outline: The operator accepts, and the webhook hears nothing
      Given the webhook's address was pasted with a blank at <place>
      And an operator is online
      And a visitor in the bot's hands
      When the operator accepts the dialogue
      Then nothing reaches the webhook
      And the bot is told that the chat is closed to it
      And the visitor reads that the operator joined
      And nothing else happens

      Examples:
        | place         |
        | its beginning |
        | its end       |

  Rule: The bot serves only the channels on which it was switched on.

    @JIVO-CONNECT-6
    Scenario: Visitors of a channel that was added later go to the operators
      Given a telegram channel that nobody connected
      When a visitor writes "Есть кто?"
      Then the visitor waits for an operator
      And the bot is told nothing
      And nothing else happens

    @JIVO-CONNECT-6
    Scenario: Once the bot is switched on there, it is told
      Given a telegram channel that nobody connected
      And the channel's bot is switched on
      When a visitor writes "Есть кто?"
      Then the bot is told "Есть кто?"
      And the dialogue stays with the bot
      And nothing else happens

  Rule: Visitors see the bot under its configured name, position and picture.

    @JIVO-CONNECT-7
    Scenario: The bot speaks under its name
      Given the bot appears as "Мария", "Консультант", with a picture
      And a visitor in the bot's hands
      When the bot says "Чем помочь?"
      Then the visitor sees "Чем помочь?" from "Мария", "Консультант", with the picture
      And nothing else happens

  Rule: Once saved, the bot stands among the connected systems and serves the next dialogue.

    @JIVO-CONNECT-11
    Scenario: The administrator finds the bot
      Given no bot is connected
      When the administrator connects the bot
      Then the bot stands among the connected systems
      And nothing else happens

    @JIVO-CONNECT-11
    Scenario: The next visitor meets the bot
      Given no bot is connected
      And the administrator has connected the bot
      When a visitor writes "Добрый день"
      Then the bot is told "Добрый день"
      And the dialogue stays with the bot
      And nothing else happens

  Rule: Every channel has an id of its own.

    @JIVO-CHANNELS-1
    Scenario Outline: The bot is told by which channel the visitor came
      Given a <channel> channel that the bot serves too
      When a visitor writes "Добрый день"
      Then the bot is told "Добрый день", and the channel <channel> by an id of its own
      And nothing else happens

      Examples:
        | channel   |
        | telegram  |
        | whatsapp  |
        | viber     |
        | vk        |
        | facebook  |
        | instagram |
        | ok        |
        | avito     |
        | email     |
        | chat-api  |

    @JIVO-CHANNELS-1
    Scenario: The widget is there from the beginning
      When a visitor writes "Добрый день"
      Then the bot is told "Добрый день", and the channel widget by an id of its own
      And nothing else happens

  Rule: A binding shows what can be pasted, and answers with its defaults.

    @JIVO-CONNECT-9
    Scenario: Address and token of a new binding
      When a visitor writes "Добрый день"
      Then the visitor sees "Эхо: Добрый день"
      And the binding shows an address and a token without blanks
      And nothing else happens

  Rule: An event under another token is not the bridge's, and changes nothing.

    @JIVO-CONNECT-3
    Scenario: A token that nobody has
      Given the bot's token was pasted as "17:unknown"
      When a visitor writes "Добрый день"
      Then the bridge answers it as not its own
      And the visitor waits for an operator
      And the bridge knows nobody
      And nothing else happens

    @JIVO-CONNECT-10
    Scenario Outline: A token with a blank
      Given the bot's token was pasted with a blank at <place>
      When a visitor writes "Добрый день"
      Then the bridge answers it as not its own
      And the visitor waits for an operator
      And nothing else happens

      Examples:
        | place         |
        | its beginning |
        | its end       |

  Rule: Two accounts never touch one another.

    @JIVO-CONNECT-8
    Scenario: Two visitors with the same ids
      Given a visitor in the bot's hands
      And a visitor of another account, with the same ids, who has written "Я другой"
      When the visitor writes "Я первый"
      Then the visitor sees "Эхо: Я первый"
      And the bridge tells the two apart
      And nothing else happens
