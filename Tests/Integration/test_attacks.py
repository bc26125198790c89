"""The attack packs between real clients and a real server: what imapscope says of a client is what the octets say."""
from attacks import VICTIMS, Outcome, packs
from cases import DOVECOT, case, check, equal
from proxy import check_secrets_absent
from secret_forms import forms_of
from tls_proxy import PASSWORD


@case()
def there_is_a_pack_for_each_kind_of_attack(context):
    found = packs()
    check(len(found) >= 10, "few packs", found)


def attacked(name, victim):
    def test(context):
        context.dovecot.reset("drichards")
        for pack in packs():
            outcome = Outcome(context, pack, name, victim)
            where = "%s under %s" % (name, pack)
            check(outcome.edits, "%s: the pack did nothing" % where, outcome.error)
            check_secrets_absent(outcome.proxy.outputs, forms_of(PASSWORD))
            equal("client-went-on-in-cleartext" in outcome.findings, outcome.password_in_clear or "preauth" in pack and bool(outcome.fetched),
                  "%s: whether imapscope saw what the network saw (%s)" % (where, outcome.findings))
            if name == "curl --ssl-reqd":
                check(not outcome.password_in_clear, "%s: it was told to require TLS, and sent the password without" % where, outcome.findings)
    test.__module__ = __name__
    test.__name__ = "%s_is_judged_by_what_it_does" % name.replace(" ", "_").replace("-", "_")
    return test


for victim_name, how in VICTIMS.items():
    case(DOVECOT, timeout=240)(attacked(victim_name, how))
