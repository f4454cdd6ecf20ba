using System.Globalization;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>
/// The silos of a cluster by a file in a shared folder: a cluster then needs no database. Silos compare times that others wrote with their own, so the file has all times by the folder's
/// clock.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="clock">The silo's clock.</param>
internal sealed class FolderMembershipTable(ClusterFile file, TimeProvider clock) : IMembershipTable
{
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => file.ChangeAsync(content =>
    {
        content.Silos.Clear();
        return true;
    });

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => file.ChangeAsync(content =>
        content.Silos.RemoveAll(silo => silo.Status == $"{SiloStatus.Dead}" && silo.AliveTime < beforeDate.UtcDateTime + file.AheadOf(clock)) > 0);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.FromResult(Data(silo => silo.Address == key.ToParsableString()));

    public Task<MembershipTableData> ReadAll() => Task.FromResult(Data(_ => true));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => file.ChangeAsync(content =>
    {
        if (content.Version != tableVersion.Version - 1 || Find(content, entry) is not null)
            return false;
        content.Version = tableVersion.Version;
        content.Silos.Add(SiloRow.Of(entry, changes: 0, file.AheadOf(clock)));
        return true;
    });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => file.ChangeAsync(content =>
    {
        if (content.Version != tableVersion.Version - 1 || Find(content, entry) is not { } silo || silo.ETag != etag)
            return false;
        content.Version = tableVersion.Version;
        content.Silos[content.Silos.IndexOf(silo)] = SiloRow.Of(entry, silo.Changes + 1, file.AheadOf(clock));
        return true;
    });

    public Task UpdateIAmAlive(MembershipEntry entry) => file.ChangeAsync(content =>
    {
        if (Find(content, entry) is not { } silo)
            return false;
        silo.AliveTime = SiloRow.Shift(entry.IAmAliveTime, file.AheadOf(clock));
        return true;
    });

    private static SiloRow? Find(ClusterContent content, MembershipEntry entry) =>
        content.Silos.Find(silo => silo.Address == entry.SiloAddress.ToParsableString());

    private MembershipTableData Data(Func<SiloRow, bool> isRead)
    {
        var (content, ahead) = (file.Read(), file.AheadOf(clock));
        return new MembershipTableData(
            [.. content.Silos.Where(isRead).Select(silo => Tuple.Create(silo.ToEntry(ahead), silo.ETag))],
            new TableVersion(content.Version, content.Version.ToString(CultureInfo.InvariantCulture)));
    }
}
