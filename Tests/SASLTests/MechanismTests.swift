import SASL
import Testing

@Suite struct MechanismTests {
    @Test(arguments: [
        ("plain", Mechanism.plain), ("Cram-Md5", .cramMD5), ("SCRAM-SHA-256-PLUS", .scramSHA256Plus),
        ("kerberos_v4", .kerberosV4),
    ])
    func `names are read in either case`(text: String, mechanism: Mechanism) throws {
        #expect(try Mechanism(parsing: text) == mechanism)
    }

    @Test func `an unknown mechanism has a name and no properties`() throws {
        let mechanism = try Mechanism(parsing: "x-own-mechanism-1234")
        #expect(mechanism.properties == nil)
    }

    @Test(arguments: [
        ("", MechanismNameError.empty), ("PLAIN ", .badCharacter(offset: 5)), ("PL/AIN", .badCharacter(offset: 2)),
        ("ABCDEFGHIJKLMNOPQRSTU", .tooLong(limit: 20, actual: 21)), ("PLÄIN", .badCharacter(offset: 2)),
    ])
    func `what is no name is refused`(text: String, error: MechanismNameError) {
        #expect(throws: error) { try Mechanism(parsing: text) }
    }

    @Test(arguments: [
        (Mechanism.plain, true, false, true), (.login, false, false, true), (.cramMD5, false, false, false),
        (.digestMD5, false, true, false), (.scramSHA256, true, false, false), (.xoauth2, true, false, true),
        (.oauthBearer, true, false, true), (.gssapi, true, true, false), (.gssSPNEGO, true, true, false),
        (.ntlm, true, false, false), (.external, true, false, false), (.anonymous, true, false, false),
        (.otp, true, false, false),
    ])
    func `properties follow the specifications`(
        mechanism: Mechanism,
        clientFirst: Bool,
        layer: Bool,
        clear: Bool
    ) throws {
        let properties = try #require(mechanism.properties)
        #expect((properties.firstSpeaker == .client) == clientFirst)
        #expect(properties.mayInstallSecurityLayer == layer)
        #expect(properties.secretTravelsInClear == clear)
    }
}
