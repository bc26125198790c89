import IMAPWire
import Traffic

/// Status responses (RFC 3501 section 7.1).
extension Annotator {
    mutating func greeting(_ status: Status, _ text: RawSpan, from start: Int) {
        switch status {
        case .ok: self.prose.add("greeting")
        case .preauth: self.prose.add("greeting · already logged in")
        case .bye: self.prose.add("greeting · the server turns the client away")
        case .no, .bad: self.prose.add("greeting that is not one")
        }
        self.code(text, from: start, separated: true)
    }

    mutating func tagged(_ status: Status, answering: Command?, _ text: RawSpan, from start: Int) {
        switch status {
        case .no: self.prose.add(answering == .login || answering == .authenticate ? "login refused" : "refused")
        case .bad: self.prose.add("rejected as wrong")
        case .ok:
            // The code of SELECT says better how the mailbox was opened.
            if let code = ResponseCode(text, from: start), answering == .select || answering == .examine,
                text.matches(code.name, "READ-ONLY") || text.matches(code.name, "READ-WRITE")
            {
                self.prose.add("mailbox ")
                self.code(text, from: start, separated: false)
                return
            }
            if let answering, let words = Annotator.completion(answering) { self.prose.add(words) }
        case .bye, .preauth: break
        }
        self.code(text, from: start, separated: !self.prose.isEmpty)
    }

    /// What is now done, where the command alone does not tell.
    private static func completion(_ command: Command) -> StaticString? {
        switch command {
        case .login, .authenticate: "logged in"
        case .logout: "session ended"
        case .starttls: "TLS begins"
        case .compress: "compression begins"
        case .idle: "idle ended"
        case .select: "mailbox opened"
        case .examine: "mailbox opened read-only"
        case .close, .unselect: "mailbox closed"
        case .create: "mailbox created"
        case .delete: "mailbox deleted"
        case .rename: "mailbox renamed"
        case .subscribe: "subscribed"
        case .unsubscribe: "unsubscribed"
        case .append: "stored"
        case .copy: "copied"
        case .move: "moved"
        case .replace: "replaced"
        case .unauthenticate: "logged out"
        case .proxyauth: "user changed"
        default: nil
        }
    }

    mutating func untaggedStatus(_ status: Status, _ text: RawSpan, from start: Int) {
        switch status {
        case .ok: break
        case .no: self.prose.add("warning")
        case .bad: self.prose.add("the server reports an error")
        case .bye: self.prose.add("the server closes the connection")
        case .preauth: self.prose.add("already logged in")
        }
        self.code(text, from: start, separated: !self.prose.isEmpty)
    }
}
