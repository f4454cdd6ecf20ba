using System.Globalization;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>A silo in the file of its cluster.</summary>
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

    public static SiloRow Of(MembershipEntry entry, int changes) => new()
    {
        Address = entry.SiloAddress.ToParsableString(),
        Changes = changes,
        Status = $"{entry.Status}",
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        StartTime = entry.StartTime,
        AliveTime = entry.IAmAliveTime,
        Suspicions = [.. (entry.SuspectTimes ?? []).Select(suspect => new Suspicion(suspect.Item1.ToParsableString(), suspect.Item2))],
    };

    public MembershipEntry ToEntry() => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Address),
        Status = Enum.Parse<SiloStatus>(Status),
        ProxyPort = ProxyPort,
        HostName = HostName ?? "",
        SiloName = SiloName ?? "",
        StartTime = StartTime,
        IAmAliveTime = AliveTime,
        SuspectTimes = [.. Suspicions.Select(suspicion => Tuple.Create(SiloAddress.FromParsableString(suspicion.By), suspicion.At))],
    };
}

/// <summary>That a silo took another one for dead.</summary>
/// <param name="By">The silo.</param>
/// <param name="At">When.</param>
internal sealed record Suspicion(string By, DateTime At);
