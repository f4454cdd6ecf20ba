namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>What a silo writes and reads on a machine whose clock shows another time: all that it writes is by that clock, and it compares what it reads with that clock.</summary>
internal sealed class ShiftedTable(FolderMembershipTable table, ShiftedClock clock) : IMembershipTable
{
    public Task InitializeMembershipTable(bool tryInitTableVersion) => table.InitializeMembershipTable(tryInitTableVersion);

    public Task DeleteMembershipTableEntries(string clusterId) => table.DeleteMembershipTableEntries(clusterId);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => table.CleanupDefunctSiloEntries(beforeDate + clock.By);

    public async Task<MembershipTableData> ReadRow(SiloAddress key) => Seen(await table.ReadRow(key));

    public async Task<MembershipTableData> ReadAll() => Seen(await table.ReadAll());

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => table.InsertRow(Shifted(entry, clock.By), tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => table.UpdateRow(Shifted(entry, clock.By), etag, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry) => table.UpdateIAmAlive(Shifted(entry, clock.By));

    private static MembershipEntry Shifted(MembershipEntry entry, TimeSpan by) => SiloRow.Of(entry, changes: 0, by).ToEntry(TimeSpan.Zero);

    private MembershipTableData Seen(MembershipTableData data) =>
        new([.. data.Members.Select(row => Tuple.Create(Shifted(row.Item1, -clock.By), row.Item2))], data.Version);
}
