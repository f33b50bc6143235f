//! Who may do what, as data. Services enforce with [`allow`] and [`allow_on`], pages hide with them.

mod table;

use serde::{Deserialize, Serialize};

pub use table::{TABLE, reach_of};

coded_enum! {
    /// What a person of the firm is there for. One person may have several.
    Role {
        /// 经纪人: clients, viewings, deals.
        Agent = "agent",
        /// 店长: answers for a store.
        Manager = "manager",
        /// 权证专员: contracts, loans, title transfer.
        Officer = "officer",
        /// 财务: money of all stores.
        Finance = "finance",
        /// 客服: conversations and complaints.
        Service = "service",
        /// 人事与培训: people's records, attendance, courses.
        Hr = "hr",
        /// 总监: reads everything, sets rules and targets.
        Director = "director",
        /// 系统管理员: accounts, stores, settings.
        Admin = "admin",
    }
}

coded_enum! {
    /// Whose rows a right reaches, each wider than the one before.
    Reach {
        /// One's own.
        Own = "own",
        /// Those of one's team.
        Team = "team",
        /// Those of one's store.
        Store = "store",
        /// All of the firm.
        Firm = "firm",
    }
}

coded_enum! {
    /// Something that can be done, as far as it exists today.
    Action {
        /// Read published listings and places.
        ReadPublic = "read_public",
        /// Take in listings or communities from a file.
        Import = "import",
        /// Change a listing's price.
        ChangePrice = "change_price",
        /// Move a listing to another state.
        ChangeListingState = "change_listing_state",
        /// Add, order and remove photos and films of homes.
        EditPhotos = "edit_photos",
        /// Read the directory: names, positions, stores.
        ReadStaff = "read_staff",
        /// Read a person's record (档案): hiring, education, work history, licence.
        ReadRecord = "read_record",
        /// Write a person's record.
        WriteRecord = "write_record",
        /// See a masked number of a person in full, with a reason.
        RevealStaff = "reveal_staff",
        /// Open, close and reset accounts, and give roles.
        ManageAccounts = "manage_accounts",
        /// Open, change and close stores and teams.
        ManageStores = "manage_stores",
        /// Set what holds for the whole firm: its name, how many numbers may be looked at.
        ManageFirm = "manage_firm",
        /// Hand over what a leaving person holds, and end their access.
        HandOver = "hand_over",
        /// Search and export the audit trail.
        ReadAudit = "read_audit",
        /// Read who has seen which numbers.
        ReadReveals = "read_reveals",
        /// Make and revoke keys of the programming interface.
        ManageKeys = "manage_keys",
        /// See which messages wait or failed, and have them tried again.
        ManageMessages = "manage_messages",
        /// See how long what is kept, and what was deleted by age.
        ReadRetention = "read_retention",
        /// See which clients agreed to which use of their data, and what they withdrew.
        ReadConsents = "read_consents",
        /// Read and change one's own account of the public site, and what is kept in it.
        UseClientAccount = "use_client_account",
    }
}

coded_enum! {
    /// What the holder of an interface key may do.
    KeyRight {
        /// Read listings, which everybody may; with a key they are counted apart.
        ReadListings = "listings:read",
        /// Read the directory of all stores.
        ReadStaff = "staff:read",
        /// Hand in requests of people who want to sell, from a site of the firm's own.
        WriteSales = "sales:write",
    }
}

/// A program that holds a key of the programming interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHolder {
    /// Row number of the key.
    pub key: i64,
    /// What the firm calls it.
    pub name: String,
    /// What it is good for.
    pub rights: Vec<KeyRight>,
    /// The network address the request came from.
    pub from: String,
}

/// A person of the firm who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Row number of the account.
    pub account: i64,
    /// Row number in the staff.
    pub staff: i64,
    /// Public number, such as `YG-0007`.
    pub code: String,
    /// Row number of the store.
    pub store: i64,
    /// Row number of the team, for those in one.
    pub team: Option<i64>,
    /// What the person is there for.
    pub roles: Vec<Role>,
    /// The network address the request came from, for the audit trail.
    pub from: String,
}

/// A buyer or seller who is signed in on the public site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Row number of the account.
    pub account: i64,
    /// Row number in the persons.
    pub person: i64,
    /// The network address the request came from.
    pub from: String,
}

/// Whose a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The person, by row number.
    pub staff: i64,
    /// Their team.
    pub team: Option<i64>,
    /// Their store.
    pub store: i64,
}

/// Who acts. Built from a session, or by a job that names its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// Anybody on the public site.
    Visitor,
    /// A person of the firm.
    Staff(Member),
    /// A program of the firm's own or of a partner.
    Key(KeyHolder),
    /// A buyer or seller with an account of the public site.
    Client(Client),
    /// The system itself: a job or a command on the machine. The reason goes into the audit trail.
    System {
        /// Why it acts, such as `import` or `demo`.
        reason: String,
    },
}

impl Actor {
    /// The system, acting for this reason.
    pub fn system(reason: impl Into<String>) -> Self {
        Self::System { reason: reason.into() }
    }

    /// How the audit trail names the actor.
    pub fn audit_name(&self) -> String {
        match self {
            Self::Visitor => "visitor".to_owned(),
            Self::Staff(member) => format!("staff:{}", member.code),
            Self::Key(holder) => format!("key:{}", holder.key),
            Self::Client(client) => format!("client:{}", client.account),
            Self::System { reason } => format!("system:{reason}"),
        }
    }

    /// Where the actor acts from: a network address, or nothing for the machine itself.
    pub fn from(&self) -> &str {
        match self {
            Self::Staff(member) => &member.from,
            Self::Key(holder) => &holder.from,
            Self::Client(client) => &client.from,
            Self::Visitor | Self::System { .. } => "",
        }
    }

    /// The person of the firm, if it is one.
    pub fn member(&self) -> Option<&Member> {
        match self {
            Self::Staff(member) => Some(member),
            Self::Visitor | Self::Key(_) | Self::Client(_) | Self::System { .. } => None,
        }
    }
}

/// How far a right of the actor reaches; `None` without the right. Pure and total: what is not named is refused.
pub fn reach(actor: &Actor, action: Action) -> Option<Reach> {
    match actor {
        Actor::System { .. } => Some(Reach::Firm),
        Actor::Visitor => (action == Action::ReadPublic).then_some(Reach::Firm),
        Actor::Staff(_) | Actor::Key(_) | Actor::Client(_) if action == Action::ReadPublic => Some(Reach::Firm),
        Actor::Client(_) => (action == Action::UseClientAccount).then_some(Reach::Own),
        Actor::Key(holder) => {
            let reads = action == Action::ReadStaff && holder.rights.contains(&KeyRight::ReadStaff);
            reads.then_some(Reach::Firm)
        }
        Actor::Staff(member) => member.roles.iter().filter_map(|role| reach_of(*role, action)).max(),
    }
}

/// Whether the actor may do this at least to something.
pub fn allow(actor: &Actor, action: Action) -> bool {
    reach(actor, action).is_some()
}

/// Whether the actor may do this to something of this owner.
pub fn allow_on(actor: &Actor, action: Action, owner: &Owner) -> bool {
    match (reach(actor, action), actor) {
        (Some(Reach::Firm), _) => true,
        (Some(reach), Actor::Staff(member)) => within(member, reach, owner),
        _ => false,
    }
}

fn within(member: &Member, reach: Reach, owner: &Owner) -> bool {
    match reach {
        Reach::Own => member.staff == owner.staff,
        Reach::Team => member.staff == owner.staff || member.team.is_some() && member.team == owner.team,
        Reach::Store => member.store == owner.store,
        Reach::Firm => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(roles: &[Role]) -> Actor {
        Actor::Staff(Member {
            account: 1,
            staff: 10,
            code: "YG-0010".into(),
            store: 100,
            team: Some(7),
            roles: roles.to_vec(),
            from: "127.0.0.1".into(),
        })
    }

    const OWN: Owner = Owner { staff: 10, team: Some(7), store: 100 };
    const COLLEAGUE: Owner = Owner { staff: 11, team: Some(7), store: 100 };
    const ELSEWHERE: Owner = Owner { staff: 12, team: None, store: 200 };

    #[test]
    fn visitors_only_read() {
        for action in Action::ALL {
            assert_eq!(allow(&Actor::Visitor, *action), *action == Action::ReadPublic, "{action}");
            assert!(allow(&Actor::system("test"), *action));
        }
    }

    #[test]
    fn a_client_has_their_own_account_and_what_everybody_has_and_staff_have_no_client_account() {
        let client = Actor::Client(Client { account: 1, person: 2, from: String::new() });
        let may: Vec<_> = Action::ALL.iter().filter(|action| allow(&client, **action)).collect();
        assert_eq!(may, [&Action::ReadPublic, &Action::UseClientAccount]);
        assert!(!allow(&member(Role::ALL), Action::UseClientAccount));
        assert!(!allow_on(&client, Action::UseClientAccount, &OWN));
    }

    #[test]
    fn a_person_without_a_role_may_do_what_a_visitor_may() {
        for action in Action::ALL {
            assert_eq!(allow(&member(&[]), *action), *action == Action::ReadPublic, "{action}");
        }
    }

    #[test]
    fn a_key_reads_no_more_than_it_names() {
        let key = |rights: &[KeyRight]| {
            Actor::Key(KeyHolder { key: 1, name: "site".into(), rights: rights.to_vec(), from: String::new() })
        };
        let all = key(KeyRight::ALL);
        let may: Vec<_> = Action::ALL.iter().filter(|action| allow(&all, **action)).collect();
        assert_eq!(may, [&Action::ReadPublic, &Action::ReadStaff]);
        assert!(!allow(&key(&[KeyRight::ReadListings]), Action::ReadStaff));
    }

    #[test]
    fn the_widest_of_several_roles_counts() {
        assert_eq!(reach(&member(&[Role::Agent]), Action::ReadRecord), Some(Reach::Own));
        assert_eq!(reach(&member(&[Role::Agent, Role::Hr]), Action::ReadRecord), Some(Reach::Firm));
    }

    #[test]
    fn a_right_ends_where_its_reach_ends() {
        let agent = member(&[Role::Agent]);
        assert!(allow_on(&agent, Action::ReadRecord, &OWN));
        assert!(!allow_on(&agent, Action::ReadRecord, &COLLEAGUE));
        let manager = member(&[Role::Manager]);
        assert!(allow_on(&manager, Action::ReadRecord, &COLLEAGUE));
        assert!(!allow_on(&manager, Action::ReadRecord, &ELSEWHERE));
        assert!(allow_on(&member(&[Role::Director]), Action::ReadRecord, &ELSEWHERE));
    }

    #[test]
    fn nobody_both_reads_and_rewrites_the_trail_of_money_and_numbers() {
        // The administrator of accounts does not see numbers; whoever sees numbers does not give roles.
        for role in Role::ALL {
            let (reveals, accounts) = (reach_of(*role, Action::RevealStaff), reach_of(*role, Action::ManageAccounts));
            assert!(reveals.is_none() || accounts.is_none(), "{role}");
        }
    }

    #[test]
    fn the_table_names_every_right_once() {
        let mut seen = std::collections::HashSet::new();
        for (role, action, _) in TABLE {
            assert!(seen.insert((role, action)), "{role} {action} twice");
        }
    }
}
