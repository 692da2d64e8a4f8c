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
    ]
  }
}
