use super::Portal;
use crate::{ids::DiskId, state::ADMIN};

impl Portal {
    /// Attaches a file of the drive to something outside it, as a task does: `attach(file, "tasks", "tasks_task", 3845)`.
    /// Gives the id by which `disk.attachedObject.get` knows the tie, or nothing if there is no such file.
    pub fn attach(&self, file: u64, module: &str, entity_type: &str, entity: u64) -> Option<u64> {
        self.with(|state| {
            let file = state.on_disk(DiskId(file)).filter(|object| object.version().is_some())?.id;
            let made = state.stamp(ADMIN);
            Some(state.disk.attach(file, module, entity_type, entity, made).0)
        })
    }
}
