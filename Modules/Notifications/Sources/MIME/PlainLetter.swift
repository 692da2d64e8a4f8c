internal import Kernel

/// A letter as text.
enum PlainLetter {
  static func text(of letter: LetterText, to: Contact, from head: Letterhead) -> String {
    let hello = Words(en: "Hello \(to.name),", fr: "Bonjour \(to.name),")[to.language]
    let close = Words(en: "Kind regards,", fr: "Bien cordialement,")[to.language]
    var blocks = [hello, letter.body]
    if let door = letter.door { blocks.append(said(door, to.language)) }
    blocks.append("\(close)\n\(head.from.name)" + (head.address.map { "\n\($0)" } ?? ""))
    if let choice = letter.choice { blocks.append(choice) }
    return blocks.joined(separator: "\n\n")
  }

  private static func said(_ link: LetterText.Link, _ language: Language) -> String {
    let colon = language == .fr ? " :" : ":"
    return "\(link.words)\(colon)\n\(link.address)"
  }
}
