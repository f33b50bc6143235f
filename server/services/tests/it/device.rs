//! A device of software that holds one passkey. Also the tests of the access matrix use this file.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use sha2::{Digest, Sha256};

/// Somebody touched it.
pub const PRESENT: u8 = 1;
/// It knows who.
pub const VERIFIED: u8 = 4;

/// A device with one key.
pub struct Device {
    key: EcdsaKeyPair,
    pub id: Vec<u8>,
    pub counter: u32,
    pub flags: u8,
    pub handle: String,
}

/// Bytes as they travel.
pub fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn client_data(kind: &str, options: &str, at: &str) -> Vec<u8> {
    let options: serde_json::Value = serde_json::from_str(options).expect("is well made");
    let challenge = options["challenge"].as_str().expect("is well made");
    serde_json::json!({ "type": kind, "challenge": challenge, "origin": at }).to_string().into_bytes()
}

impl Device {
    pub fn new(id: u8) -> Self {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("is well made");
        let key = EcdsaKeyPair::from_pkcs8(kind, key.as_ref(), &random).expect("is well made");
        Self { key, id: vec![id; 32], counter: 1, flags: PRESENT | VERIFIED, handle: String::new() }
    }

    fn data(&self, name: &str, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(name.as_bytes()).to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What it hands over when a passkey is made.
    pub fn make(&mut self, options: &str, at: &str) -> String {
        let said: serde_json::Value = serde_json::from_str(options).expect("is well made");
        self.handle = said["user"]["id"].as_str().expect("is well made").to_owned();
        let name = said["rp"]["id"].as_str().expect("is well made").to_owned();
        let point = self.key.public_key().as_ref();
        let pair = |label: i64, value: Value| (Value::from(label), value);
        let key = Value::Map(vec![
            pair(1, 2.into()),
            pair(3, (-7).into()),
            pair(-1, 1.into()),
            pair(-2, Value::Bytes(point[1..33].to_vec())),
            pair(-3, Value::Bytes(point[33..].to_vec())),
        ]);
        let mut data = self.data(&name, 1 << 6);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(&self.id);
        ciborium::into_writer(&key, &mut data).expect("is well made");
        let word = |text: &str| Value::from(text);
        let attestation = Value::Map(vec![
            (word("fmt"), word("none")),
            (word("attStmt"), Value::Map(vec![])),
            (word("authData"), Value::Bytes(data)),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&attestation, &mut bytes).expect("is well made");
        let client = text(&client_data("webauthn.create", options, at));
        let response = serde_json::json!({ "clientDataJSON": client, "attestationObject": text(&bytes) });
        serde_json::json!({ "id": text(&self.id), "response": response }).to_string()
    }

    /// What it answers to a challenge, one use later.
    pub fn prove(&mut self, options: &str, at: &str, name: &str) -> String {
        self.counter += 1;
        let (client, data) = (client_data("webauthn.get", options, at), self.data(name, 0));
        let message = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).expect("is well made");
        let response = serde_json::json!({
            "clientDataJSON": text(&client), "authenticatorData": text(&data), "signature": text(signature.as_ref()),
            "userHandle": self.handle,
        });
        serde_json::json!({ "id": text(&self.id), "response": response }).to_string()
    }
}
