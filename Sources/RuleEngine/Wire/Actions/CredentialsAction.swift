import IMAPProtocol
import IMAPSession
import Traffic
import Yams

/// `credentials: {user: joe, token: {from-file: path}, mechanism: XOAUTH2}`: the server gets these in place of what a client
/// logs in with.
struct CredentialsAction: WireStep {
    static let name = "credentials"
    static let subject = "LOGIN and AUTHENTICATE"

    let method: LoginSubstitution.Method
    let user: String?
    let secret: Secret

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["user", "password", "token", "mechanism"])
        let secret: Node
        switch (keys["password"], keys["token"]) {
        case (let password?, nil): secret = password
        case (nil, let token?): secret = token
        default: throw reader.failure(node, "credentials takes either “password:” or “token:”")
        }
        let isToken = keys["token"] != nil
        self.method = try Self.method(keys["mechanism"], isToken: isToken, reader)
        self.user = try keys["user"].map { node throws(RuleFileError) in
            String(decoding: try reader.linePart(node, "user"), as: UTF8.self)
        }
        self.secret = try reader.secret(secret, isToken ? "token" : "password")
    }

    private static func method(_ node: Node?, isToken: Bool, _ reader: WireActionReader) throws(RuleFileError)
        -> LoginSubstitution.Method
    {
        let fitting: [LoginSubstitution.Method] = isToken ? [.xoauth2, .oauthbearer] : [.plain, .login]
        guard let node else { return fitting[0] }
        let word = try reader.yaml.text(node, "mechanism")
        if let method = fitting.first(where: { $0.rawValue == word.lowercased() }) { return method }
        throw reader.failure(
            node,
            "with a \(isToken ? "token" : "password") the mechanism is "
                + fitting.map { $0.rawValue.uppercased() }.joined(separator: " or ")
        )
    }

    func accepts(_ message: Message) -> Bool {
        message.kind == .command && (message.command == .login || message.command == .authenticate)
    }

    /// The login itself is told by ``WireRules/login(_:)``.
    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {}
}

extension WireActionReader {
    /// A secret out of a file. One that stands in a rule file is refused, and not repeated.
    func secret(_ node: Node, _ name: String) throws(RuleFileError) -> Secret {
        guard let mapping = node.mapping, mapping.count == 1, let path = mapping["from-file"] else {
            throw self.failure(
                node,
                "a \(name) never stands in a rule file; it stands alone in a file that only you can read",
                "\(name): {from-file: path}"
            )
        }
        let name = try self.yaml.text(path, "from-file")
        do throws(RuleAttachments.Refusal) { return try self.files.secret(name) } catch {
            throw self.failure(path, error.reason)
        }
    }
}
