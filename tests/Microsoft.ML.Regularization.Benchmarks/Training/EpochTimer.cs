using System.Diagnostics;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>Times the epochs of a run. The first ones warm up: code is compiled, memory is touched.</summary>
internal sealed class EpochTimer(int rows, double seconds)
{
    private const int WarmUpEpochs = 2;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double> _ends = [];
    private long _bytesBefore;
    private double _processorBefore;

    /// <summary>Whether enough was measured.</summary>
    public bool IsDone => _ends.Count > WarmUpEpochs + 2 && _ends[^1] - _ends[WarmUpEpochs - 1] > seconds;

    public Measurement Result
    {
        get
        {
            var epochs = _ends.Zip(_ends.Skip(1), (begin, end) => end - begin).Skip(WarmUpEpochs - 1).Order().ToList();
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - _bytesBefore;
            var processor = Environment.CpuUsage.TotalTime.TotalMicroseconds - _processorBefore;
            return new Measurement(rows / epochs[epochs.Count / 2], (double)bytes / rows / epochs.Count) { ProcessorMicroseconds = processor / rows / epochs.Count };
        }
    }

    public void EndEpoch()
    {
        _ends.Add(_clock.Elapsed.TotalSeconds);
        if (_ends.Count == WarmUpEpochs)
            (_processorBefore, _bytesBefore) = (Environment.CpuUsage.TotalTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(precise: true));
    }
}
