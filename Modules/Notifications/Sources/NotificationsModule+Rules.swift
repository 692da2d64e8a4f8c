public import Kernel

extension NotificationsModule {
  public var rules: [Rule] {
    [
      Rule(
        "notifications.one-letter",
        Words(
          en: "Each message is written once, however often its event is delivered.",
          fr: "Chaque message est écrit une fois, même si son événement revient.")),
      Rule(
        "notifications.told-to-stop",
        Words(
          en:
            "Who refuses a kind of letter gets no more of it; what they must know to act is sent all the same.",
          fr:
            "Qui refuse une sorte de lettre n’en reçoit plus ; ce qu’il faut savoir pour agir part quand même."
        )),
      Rule(
        "notifications.reminders-end",
        Words(
          en:
            "What waits is said again in one letter a day at most, a few times; it stops when it is done, and is the staff's after that.",
          fr:
            "Ce qui attend est rappelé en une lettre par jour au plus, quelques fois ; cela cesse quand c’est fait, puis l’équipe reprend."
        )),
      Rule(
        "notifications.an-answer-is-no-consent",
        Words(
          en: "What somebody writes back is read by staff; it confirms and consents to nothing.",
          fr:
            "Ce qu’on répond à une lettre est lu par l’équipe ; cela ne confirme rien et ne consent à rien."
        )),
    ]
  }
}
