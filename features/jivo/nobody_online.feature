Feature: Nobody is online
  The bot is told with every message whether anybody is online, and keeps the visitor whom nobody can take.

  Rule: An invitation with nobody online is taken, the bot is told, and keeps the chat.

    @JIVO-OFFLINE-1
    Scenario: The bot invites an operator when there is none
      Given a visitor in the bot's hands
      When the bot invites an operator
      Then the vendor takes it
      And the bot is told that nobody is online
      And the dialogue stays with the bot
      And nothing else happens

  Rule: Every message says whether anybody is online.

    @JIVO-OFFLINE-3
    Scenario: Somebody is
      Given an operator is online
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?", and that somebody is online
      And nothing else happens

    @JIVO-OFFLINE-3
    Scenario: Nobody is
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?", and that nobody is online
      And nothing else happens

    @JIVO-OFFLINE-3
    Scenario: Nobody is any more
      Given an operator is online
      And the operator has gone offline
      When a visitor writes "Есть кто живой?"
      Then the bot is told "Есть кто живой?", and that nobody is online
      And nothing else happens

  Rule: The event runs the script 'Нет доступных операторов', once, whenever it comes.

    @JIVO-OFFLINE-2
    Scenario: The visitor asks for an operator when there is none
      When a visitor writes "/operator"
      Then the visitor sees "Сейчас нет свободных операторов"
      And the bot is told that nobody is online
      And nothing else happens

    @JIVO-OFFLINE-5
    Scenario: It comes with the visitor's words, and nobody was invited
      Given a vendor whose unavailable on message is true
      When a visitor writes "Добрый день"
      Then the visitor sees "Эхо: Добрый день"
      And the visitor sees "Сейчас нет свободных операторов"
      And the bot is told that nobody is online
      And nothing else happens

    @JIVO-OFFLINE-5
    Scenario: It comes twice under one id
      Given a visitor in the bot's hands
      When the vendor says twice, under one id, that nobody is online
      Then every delivery is acknowledged
      And the visitor sees "Сейчас нет свободных операторов"
      And nothing else happens

  Rule: The bot goes on serving the visitor.

    @JIVO-OFFLINE-4
    Scenario: The visitor writes on
      Given the visitor has written "/operator"
      When the visitor writes "Тогда расскажите вы"
      Then the visitor sees "Эхо: Тогда расскажите вы"
      And nothing else happens

    @JIVO-OFFLINE-6
    Scenario: A bot without the script says nothing
      Given the binding's script for nobody online is switched off
      When a visitor writes "/operator"
      Then the bot is told that nobody is online
      And every delivery is acknowledged
      And nothing else happens

    @JIVO-OFFLINE-6
    Scenario: A bot without the script goes on
      Given the binding's script for nobody online is switched off
      And the visitor has written "/operator"
      When the visitor writes "Тогда расскажите вы"
      Then the visitor sees "Эхо: Тогда расскажите вы"
      And nothing else happens
