using System.Globalization;

namespace Microsoft.ML.Regularization.Benchmarks.Busy;

/// <summary>A group of processes that together get a share of the processors' time, as those of a container do. Linux lets only root make one.</summary>
internal sealed class CpuQuota : IDisposable
{
    private const int Period = 100_000;
    private const string Unified = "/sys/fs/cgroup/cgroup.controllers";

    private readonly string _folder;

    private CpuQuota(string folder) => _folder = folder;

    /// <summary>A command of the shell by which its process joins.</summary>
    public string Join => $"echo $$ > {_folder}/cgroup.procs";

    /// <summary>Makes a group; null where the system does not let this process do so.</summary>
    /// <param name="processors">How many it is granted; may be a fraction.</param>
    public static CpuQuota? TryCreate(double processors)
    {
        var folder = Path.Combine(File.Exists(Unified) ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu", $"benchmark-{Environment.ProcessId}");
        var quota = ((int)(processors * Period)).ToString(CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(Unified))
                File.WriteAllText(Path.Combine(folder, "cpu.max"), string.Create(CultureInfo.InvariantCulture, $"{quota} {Period}"));
            else
                File.WriteAllText(Path.Combine(folder, "cpu.cfs_quota_us"), quota);
            return new CpuQuota(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        // A group ends with the last of its processes, which may take a moment.
        for (var i = 0; i < 50 && Directory.Exists(_folder); i++)
        {
            try
            {
                Directory.Delete(_folder);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
