import Cryptography
import Traffic

extension SCRAMDecoder {
    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        guard self.transcript.serverFirst != nil else { return .notCheckable("no readable salt was seen") }
        guard let proof = self.transcript.proof else { return .notCheckable("no readable client proof was seen") }
        var candidates: [SCRAMKeys] = []
        switch credential {
        case .password(let password):
            for form in Credential.forms(of: password).reversed() {
                let known = budget.known?.keys(
                    of: form,
                    salt: self.transcript.salt,
                    iterations: self.transcript.iterations,
                    using: self.digest
                )
                if let known {
                    candidates.append(known)
                    continue
                }
                if let refusal = budget.take(self.transcript.iterations) {
                    return Verdicts(client: refusal, server: refusal)
                }
                do throws(CryptographyError) {
                    let keys = try SCRAMKeys(
                        password: form,
                        salt: self.transcript.salt,
                        iterations: self.transcript.iterations,
                        using: self.digest
                    )
                    budget.known?.remember(keys, of: form)
                    candidates.append(keys)
                } catch {
                    return .notCheckable(error.description)
                }
            }
        case .scramKeys(let keys):
            if let reason = self.mismatch(keys) { return .notCheckable(reason) }
            candidates = [keys]
        case .cramMD5Context, .digestMD5Hash, .ntHash:
            return .notCheckable("\(credential.noun) cannot check \(self.name)")
        }
        do throws(CryptographyError) {
            return try self.verdicts(proof, candidates)
        } catch {
            return .notCheckable(error.description)
        }
    }

    /// Why stored keys say nothing about this exchange.
    private func mismatch(_ keys: SCRAMKeys) -> String? {
        if keys.digest != self.digest { return "\(Credential.scramKeys(keys).noun) cannot check \(self.name)" }
        if keys.salt != self.transcript.salt { return "the stored keys were made with another salt than the server's" }
        if keys.iterations != self.transcript.iterations {
            return "the stored keys were made with \(keys.iterations) iterations, the server says "
                + "\(self.transcript.iterations)"
        }
        return nil
    }

    private func verdicts(_ proof: Secret, _ candidates: [SCRAMKeys]) throws(CryptographyError) -> Verdicts {
        let message = self.transcript.authMessage
        var clientIsRight = false
        var serverIsRight = false
        for keys in candidates {
            if try SCRAM.fits(proof: proof, storedKey: keys.storedKey, authMessage: message, using: self.digest) {
                clientIsRight = true
            }
            if let signature = self.transcript.signature,
                try SCRAM.serverSignature(keys.serverKey, authMessage: message, using: self.digest).equals(signature)
            {
                serverIsRight = true
            }
        }
        return Verdicts(client: self.clientVerdict(clientIsRight), server: self.serverVerdict(serverIsRight))
    }

    private func clientVerdict(_ proofFits: Bool) -> Verdict {
        guard proofFits else { return .wrong(reason: "the client proof was not made with the given password") }
        let butRight = "although the proof fits the given password"
        if !self.transcript.serverNonceIsRight {
            return .wrong(reason: "the server's nonce does not extend the client's, \(butRight)")
        }
        if !self.transcript.clientNonceIsRight {
            return .wrong(reason: "the client answered another nonce than the server's, \(butRight)")
        }
        if !self.transcript.bindingIsRight {
            return .wrong(reason: "the channel binding does not fit the first message, \(butRight)")
        }
        return .verified
    }

    private func serverVerdict(_ isRight: Bool) -> Verdict {
        if let error = self.transcript.error { return .notCheckable(reason: "the server refused with \(error)") }
        guard self.transcript.signature != nil else {
            return .notCheckable(reason: "the server sent no signature: it did not prove to know the password")
        }
        return isRight
            ? .verified : .wrong(reason: "the server signature was not made with the given password")
    }
}
