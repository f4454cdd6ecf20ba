using System.Globalization;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>A silo in the file of its cluster. Times are those of the folder's clock, since those of silos differ.</summary>
internal sealed class SiloRow
{
    public required string Address { get; set; }

    /// <summary>Counts the changes of the row.</summary>
    public int Changes { get; set; }

    public required string Status { get; set; }

    public int ProxyPort { get; set; }

    public string? HostName { get; set; }

    public string? SiloName { get; set; }

    public DateTime StartTime { get; set; }

    public DateTime AliveTime { get; set; }

    /// <summary>Who took it for dead, and when.</summary>
    public List<Suspicion> Suspicions { get; set; } = [];

    public string ETag => Changes.ToString(CultureInfo.InvariantCulture);

    /// <param name="entry">The silo.</param>
    /// <param name="changes">Changes of the row.</param>
    /// <param name="ahead">How far the folder's clock is ahead of the one of the entry.</param>
    public static SiloRow Of(MembershipEntry entry, int changes, TimeSpan ahead) => new()
    {
        Address = entry.SiloAddress.ToParsableString(),
        Changes = changes,
        Status = $"{entry.Status}",
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        StartTime = Shift(entry.StartTime, ahead),
        AliveTime = Shift(entry.IAmAliveTime, ahead),
        Suspicions = [.. (entry.SuspectTimes ?? []).Select(suspect => new Suspicion(suspect.Item1.ToParsableString(), Shift(suspect.Item2, ahead)))],
    };

    /// <param name="ahead">How far the folder's clock is ahead of the reader's.</param>
    public MembershipEntry ToEntry(TimeSpan ahead) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Address),
        Status = Enum.Parse<SiloStatus>(Status),
        ProxyPort = ProxyPort,
        HostName = HostName ?? "",
        SiloName = SiloName ?? "",
        StartTime = Shift(StartTime, -ahead),
        IAmAliveTime = Shift(AliveTime, -ahead),
        SuspectTimes = [.. Suspicions.Select(suspicion => Tuple.Create(SiloAddress.FromParsableString(suspicion.By), Shift(suspicion.At, -ahead)))],
    };

    /// <summary>A time by another clock; one that is not known stays so.</summary>
    public static DateTime Shift(DateTime time, TimeSpan by) => time == default ? default : time + by;
}

/// <summary>That a silo took another one for dead.</summary>
/// <param name="By">The silo.</param>
/// <param name="At">When.</param>
internal sealed record Suspicion(string By, DateTime At);
