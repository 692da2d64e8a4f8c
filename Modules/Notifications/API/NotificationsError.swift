public import Kernel

/// What Notifications refuses, and what to do about it.
public enum NotificationsError: UserFacing, Equatable {
  /// Only what failed is tried again by hand; carries where the message is.
  case notFailed(MessageState)
  /// The folder of the mailbox; the detail is the system's.
  case cannotWrite(folder: String, detail: String)
  /// What the mailbox said, in its own words.
  case notTaken(String)
  /// No message that waits is meant.
  case nothingWaits
  /// What it said has had its time.
  case textGone

  public var problem: Problem {
    switch self {
    case .notFailed(let state):
      Problem(
        "notifications/not-failed", status: 409,
        title: Words(en: "Nothing to try again", fr: "Rien à réessayer"),
        detail: Words(
          en: "The message is \(state.rawValue), not failed.",
          fr: "Le message est à l’état « \(state.rawValue) », pas en échec."),
        advice: Words(
          en: "Only messages that failed for good are tried again by hand.",
          fr: "Seuls les messages en échec définitif se réessaient à la main."))
    case .cannotWrite(let folder, let detail):
      Problem(
        "notifications/cannot-write", status: 503,
        title: Words(en: "The mailbox cannot be written", fr: "Boîte non modifiable"),
        detail: Words(
          en: "A message could not be written to \(folder): \(detail).",
          fr: "Un message n’a pas pu être écrit dans \(folder) : \(detail)."),
        advice: Words(
          en: "It is kept and tried again. Check the folder's permissions and the free space.",
          fr: "Il est gardé et sera réessayé. Vérifiez les droits du dossier et l’espace libre."))
    case .nothingWaits:
      Problem(
        "notifications/nothing-waits", status: 409,
        title: Words(en: "Nothing waits", fr: "Rien n’attend"),
        detail: Words(
          en: "No message that waits is meant by this.",
          fr: "Aucun message en attente n’est désigné par cela."),
        advice: Words(
          en: "`parvis notifications messages --state waiting` lists those that wait.",
          fr: "`parvis notifications messages --state waiting` liste ceux qui attendent."))
    case .textGone:
      Problem(
        "notifications/text-gone", status: 409,
        title: Words(en: "Nothing left to send", fr: "Plus rien à envoyer"),
        detail: Words(
          en: "The text of this message has been removed: its time was over.",
          fr: "Le texte de ce message a été supprimé : son délai était passé."),
        advice: Words(
          en: "Write to the person. How long texts are kept: parvis privacy retention",
          fr: "Écrivez à la personne. Durée de conservation : parvis privacy retention"))
    case .notTaken(let words):
      Problem(
        "notifications/not-taken", status: 503,
        title: Words(en: "The message was not taken", fr: "Message non pris en charge"),
        detail: Words(
          en: "The message is not on its way: \(words)",
          fr: "Le message n’est pas parti : \(words)"),
        advice: Words(
          en: "Try again in a few minutes; staff try the mail settings with notifications.test.",
          fr:
            "Réessayez dans quelques minutes ; l’équipe essaie les réglages avec notifications.test."
        ))
    }
  }
}
