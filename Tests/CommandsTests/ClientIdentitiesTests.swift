import Cryptography
import ProxyServer
import TLSTransport
import Testing
import Traffic

@testable import Commands

/// The certificates that clients are shown, over a day at which the machine's clock is.
@Suite struct ClientIdentitiesTests {
    private static let authority = Result { try CertificateAuthority.create(now: .current) }

    private static func identities() throws -> ClientIdentities {
        let identities = ClientIdentities(server: "imap.example.org")
        identities.use(try self.authority.get())
        return identities
    }

    private static func request(
        _ name: String?,
        listener: String = "127.0.0.1",
        address: String? = "127.0.0.1"
    ) -> ClientIdentityRequest {
        ClientIdentityRequest(serverName: name, listener: Endpoint(host: listener, port: 1993), address: address)
    }

    /// A server's certificate for `names`.
    private static func upstream(_ names: [String]) throws -> TLSCertificate {
        let key = try PrivateKey.generate(.ecP256)
        let leaf = try #require(try self.authority.get().mint(LeafNames(hosts: names), key: key, now: .current))
        return TLSCertificate(der: leaf.der)
    }

    @Test func `are for EC P-256, and RSA too where the client may need it`() throws {
        let identities = try Self.identities()
        #expect(identities.hasKeys(.ecdsa))
        #expect(!identities.hasKeys([.ecdsa, .rsa]))
        identities.makeKeys([.ecdsa, .rsa])
        #expect(identities.hasKeys([.ecdsa, .rsa]))
        for (keys, expected) in [
            (TLSKeyTypes.ecdsa, ["EC 256"]), (.rsa, ["RSA 2048"]), ([.ecdsa, .rsa], ["EC 256", "RSA 2048"]),
        ] {
            var request = Self.request("mail")
            request.keys = keys
            let shown = try identities.identities(for: request)
            #expect(shown.map { $0.certificates[0].fields?.key } == expected)
        }
    }

    private func names(_ identity: TLSIdentity) -> [String] { identity.certificates[0].fields?.names ?? [] }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1", ["mail", "localhost", "imap.example.org", "127.0.0.1", "0:0:0:0:0:0:0:1"]),
        ("0.0.0.0", "192.0.2.7", ["mail", "imap.example.org", "192.0.2.7"]),
        ("0.0.0.0", "127.0.0.1", ["mail", "localhost", "imap.example.org", "127.0.0.1", "0:0:0:0:0:0:0:1"]),
        ("::", "2001:db8::7", ["mail", "imap.example.org", "2001:db8:0:0:0:0:0:7"]),
        ("proxy.example", "192.0.2.7", ["mail", "proxy.example", "imap.example.org", "192.0.2.7"]),
    ])
    func `are for what the client asked for and where it arrived`(
        listener: String,
        address: String,
        expected: [String]
    ) throws {
        let identity = try Self.identities().shown(Self.request("mail", listener: listener, address: address))
        #expect(self.names(identity) == expected)
    }

    @Test func `copy the names of the server's certificate as soon as it is known, and again when it changes`() throws {
        let identities = try Self.identities()
        #expect(!identities.knowsUpstream)
        let before = try identities.shown(Self.request("mail"))
        #expect(!self.names(before).contains("mx.example.org"))
        let first = try Self.upstream(["mx.example.org"])
        identities.learn([first])
        #expect(identities.knowsUpstream)
        let after = try identities.shown(Self.request("mail"))
        #expect(self.names(after).contains("mx.example.org"))
        // The same certificate again is no news.
        identities.learn([first])
        #expect(try identities.shown(Self.request("mail")) === after)
        identities.learn([try Self.upstream(["other.example.org"])])
        let changed = self.names(try identities.shown(Self.request("mail")))
        #expect(changed.contains("other.example.org"))
        #expect(!changed.contains("mx.example.org"))
    }

    @Test func `say why there is none`() throws {
        let identities = ClientIdentities(server: "imap.example.org")
        let error = #expect(throws: ClientIdentityError.self) { try identities.shown(Self.request("mail")) }
        #expect(error?.reason == "there is no certificate authority to mint it")
    }

    @Test func `forget names that come from the wire, and mint them again`() throws {
        let identities = try Self.identities()
        for number in 0..<(LeafIssuer.cacheCapacity + 2) {
            let identity = try identities.shown(Self.request("host\(number).example"))
            #expect(self.names(identity).first == "host\(number).example")
        }
        #expect(self.names(try identities.shown(Self.request("host0.example"))).first == "host0.example")
    }
}

extension ClientIdentities {
    fileprivate func shown(_ request: ClientIdentityRequest) throws -> TLSIdentity {
        try #require(try self.identities(for: request).first)
    }
}
