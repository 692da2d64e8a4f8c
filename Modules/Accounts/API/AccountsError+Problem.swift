public import Kernel

extension AccountsError {
  public var problem: Problem {
    switch self {
    case .link(let state): linkProblem(state)
    case .invitation(let state): invitationProblem(state)
    case .guide(let state): guideProblem(state)
    case .notADemonstration:
      Problem(
        "accounts/not-a-demonstration", status: 409,
        title: Words(en: "Not a demonstration", fr: "Pas une démonstration"),
        detail: Words(
          en: "Links to look around are made where nobody is real.",
          fr: "Les liens de visite n’existent que là où personne n’est réel."))
    case .wrongCode(let left):
      Problem(
        "accounts/wrong-code", status: 422,
        title: Words(en: "That is not the code", fr: "Ce n’est pas le bon code"),
        detail: Words(
          en: "The code does not match." + (left.map { " Attempts left: \($0)." } ?? ""),
          fr: "Le code ne correspond pas." + (left.map { " Essais restants : \($0)." } ?? "")),
        advice: Words(
          en: "Copy it from the latest e-mail, or ask for a new one.",
          fr: "Recopiez celui du dernier courriel, ou demandez-en un autre."),
        fields: [FieldProblem("code", en: "does not match", fr: "ne correspond pas")])
    case .tooMany(let seconds):
      Problem(
        "accounts/too-many-attempts", status: 429,
        title: Words(en: "Too many attempts", fr: "Trop d’essais"),
        detail: Words(
          en: "There were too many attempts from here or for this address.",
          fr: "Il y a eu trop d’essais depuis ici ou pour cette adresse."),
        advice: Words(
          en: "Wait \(minutes(seconds)) min, then try again. Nothing is locked.",
          fr: "Attendez \(minutes(seconds)) min, puis réessayez. Rien n’est bloqué."),
        retryAfter: seconds)
    case .signedOut:
      Problem(
        "accounts/signed-out", status: 401,
        title: Words(en: "You are signed out", fr: "Vous êtes déconnecté"),
        detail: Words(en: "The session has ended.", fr: "La session a pris fin."),
        advice: Words(en: "Sign in again.", fr: "Connectez-vous à nouveau."))
    case .strongerNeeded:
      Problem(
        "accounts/second-factor-needed", status: 403,
        title: Words(en: "A second step is needed", fr: "Une seconde étape est nécessaire"),
        detail: Words(
          en: "This wants your passkey, or a code of your app.",
          fr: "Ceci demande votre clé d’accès, ou un code de votre application."),
        advice: Words(en: "Give it, then do this again.", fr: "Donnez-le, puis recommencez."))
    case .passkey:
      Problem(
        "accounts/passkey-refused", status: 422,
        title: Words(en: "The passkey was not accepted", fr: "Clé d’accès refusée"),
        detail: Words(
          en: "Its answer does not hold for this site and this moment.",
          fr: "Sa réponse ne vaut pas pour ce site et ce moment."),
        advice: Words(
          en: "Try once more, or sign in by e-mail.",
          fr: "Réessayez, ou connectez-vous par courriel."))
    case .nothingBegun:
      Problem(
        "accounts/nothing-begun", status: 409,
        title: Words(en: "Nothing is under way", fr: "Rien n’est en cours"),
        detail: Words(
          en: "What this would finish was not begun, is done, or took too long.",
          fr: "Ce que ceci terminerait n’est pas commencé, est fait, ou a trop duré."),
        advice: Words(en: "Begin again.", fr: "Recommencez."))
    case .lastFactor:
      Problem(
        "accounts/last-factor", status: 409,
        title: Words(en: "Your only second factor", fr: "Votre seul second facteur"),
        detail: Words(
          en: "What you do here wants a second factor, and this is the only one.",
          fr: "Ce que vous faites ici demande un second facteur, et c’est le seul."),
        advice: Words(
          en: "Add another first, then remove this one.",
          fr: "Ajoutez-en d’abord un autre, puis retirez celui-ci."))
    case .lastAddress:
      Problem(
        "accounts/last-address", status: 409,
        title: Words(en: "Your only address", fr: "Votre seule adresse"),
        detail: Words(
          en: "Without an address you could not sign in.",
          fr: "Sans adresse, vous ne pourriez plus vous connecter."),
        advice: Words(en: "Add another first.", fr: "Ajoutez-en d’abord une autre."))
    case .addressTaken:
      Problem(
        "accounts/address-taken", status: 409,
        title: Words(en: "Another account’s address", fr: "Adresse d’un autre compte"),
        detail: Words(
          en: "This address belongs to an account with a role or a second factor of its own.",
          fr: "Cette adresse est celle d’un compte qui a un rôle ou un second facteur."),
        advice: Words(
          en: "Remove it there first, or use that account.",
          fr: "Retirez-la d’abord là-bas, ou utilisez ce compte."))
    case .notYourHat:
      Problem(
        "accounts/not-your-hat", status: 403,
        title: Words(en: "Not one of your hats", fr: "Ce n’est pas l’un de vos titres"),
        detail: Words(
          en: "You cannot act as this, or no longer.",
          fr: "Vous ne pouvez pas, ou plus, agir à ce titre."),
        advice: Words(
          en: "The home page lists what you may act as.",
          fr: "L’accueil liste les titres auxquels vous pouvez agir."))
    case .actionTampered, .actionExpired, .actionChangedHands: actionProblem
    case .notByLink(let role):
      Problem(
        "accounts/not-by-link", status: 409,
        title: Words(en: "Not by a link", fr: "Pas par un lien"),
        detail: Words(
          en: "Whoever acts as \(role.rawValue) signs in.",
          fr: "Pour agir comme \(role.rawValue), on se connecte."))
    case .lastAdministrator:
      Problem(
        "accounts/last-administrator", status: 409,
        title: Words(en: "The last administrator", fr: "Le dernier administrateur"),
        detail: Words(
          en: "Nobody would be left to administer this instance.",
          fr: "Personne ne pourrait plus administrer cette instance."),
        advice: Words(
          en: "Invite another administrator first.",
          fr: "Invitez d’abord un autre administrateur."))
    case .alreadyStaff(let address):
      Problem(
        "accounts/already-staff", status: 409,
        title: Words(en: "Already staff", fr: "Fait déjà partie de l’équipe"),
        detail: Words(
          en: "\(address) has this role already.", fr: "\(address) a déjà ce rôle."))
    case .noSuchSubject(let grant):
      Problem.invalid(
        "subject", en: "is nobody’s: there is no \(grant.role.rawValue) with this id",
        fr: "n’est à personne : aucun \(grant.role.rawValue) n’a cet identifiant")
    }
  }

  private func minutes(_ seconds: Int) -> Int { max(1, (seconds + 59) / 60) }

  private func linkProblem(_ state: LinkState) -> Problem {
    let (en, fr) =
      switch state {
      case .ready, .unknown:
        ("This link is none, or was ended.", "Ce lien n’existe pas, ou a été annulé.")
      case .elsewhere:
        (
          "This is not the browser that asked for the e-mail.",
          "Ce n’est pas le navigateur qui a demandé le courriel."
        )
      case .used: ("This link was used already.", "Ce lien a déjà servi.")
      case .replaced:
        ("A newer e-mail was asked for since.", "Un courriel plus récent a été demandé.")
      case .expired: ("This link is older than ten minutes.", "Ce lien a plus de dix minutes.")
      }
    return Problem(
      "accounts/link-" + state.rawValue, status: state == .elsewhere ? 409 : 410,
      title: Words(en: "This link does not sign in", fr: "Ce lien ne connecte pas"),
      detail: Words(en: en, fr: fr),
      advice: state == .elsewhere
        ? Words(
          en: "Type the code of the e-mail where you asked for it.",
          fr: "Saisissez le code du courriel là où vous l’avez demandé.")
        : Words(en: "Ask for a new e-mail.", fr: "Demandez un nouveau courriel."))
  }

  private func invitationProblem(_ state: LinkState) -> Problem {
    let (en, fr) =
      switch state {
      case .used: ("This invitation was accepted already.", "Cette invitation a déjà servi.")
      case .replaced, .expired:
        ("This invitation has ended.", "Cette invitation n’est plus valable.")
      case .ready, .elsewhere, .unknown:
        ("There is no such invitation.", "Cette invitation n’existe pas.")
      }
    return Problem(
      "accounts/invitation-" + state.rawValue, status: 410,
      title: Words(en: "Invitation not valid", fr: "Invitation non valable"),
      detail: Words(en: en, fr: fr),
      advice: Words(
        en: "Sign in if you accepted it; otherwise ask an administrator for another.",
        fr: "Connectez-vous si vous l’avez acceptée ; sinon, demandez-en une autre."))
  }

  private func guideProblem(_ state: LinkState) -> Problem {
    let (en, fr) =
      switch state {
      case .used: ("This link was used already.", "Ce lien a déjà servi.")
      case .expired: ("This link has ended.", "Ce lien n’est plus valable.")
      case .ready, .elsewhere, .unknown, .replaced:
        ("There is no such link.", "Ce lien n’existe pas.")
      }
    return Problem(
      "accounts/guide-" + state.rawValue, status: 410,
      title: Words(en: "This link opens nothing", fr: "Ce lien n’ouvre rien"),
      detail: Words(en: en, fr: fr),
      advice: Words(
        en: "Start the demonstration again: it prints new links.",
        fr: "Relancez la démonstration : elle affiche de nouveaux liens."))
  }

  private var actionProblem: Problem {
    let (code, en, fr) =
      switch self {
      case .actionExpired:
        ("expired", "What this link was for is over.", "Ce pour quoi ce lien servait est passé.")
      case .actionChangedHands:
        (
          "changed-hands", "What this link was for is no longer yours.",
          "Ce pour quoi ce lien servait n’est plus à vous."
        )
      default:
        ("unreadable", "This link is incomplete or altered.", "Ce lien est incomplet ou modifié.")
      }
    return Problem(
      "accounts/action-" + code, status: code == "changed-hands" ? 403 : 410,
      title: Words(en: "This link opens nothing", fr: "Ce lien n’ouvre rien"),
      detail: Words(en: en, fr: fr),
      advice: Words(
        en: "Sign in: the home page shows what waits for you.",
        fr: "Connectez-vous : l’accueil montre ce qui vous attend."))
  }
}
