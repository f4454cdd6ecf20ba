using System.Globalization;
using Microsoft.ML.Regularization.CudaCheck;
using TorchSharp;

// Trains every architecture on the processor and on the first graphics processor, compares losses, weights and scores, and prints how fast both were. Ends with
// 0 where all agree or where there is no graphics processor, else with 1. With the argument `cpu` the processor is compared with itself, which shows that the
// program works.
const int ComparedRows = 512;
const int TimedRows = 4096;

// Of a training that moves nothing.
const double LeastRate = 1e-12;

var isRehearsal = args is ["cpu"];
if (!isRehearsal && !torch.cuda.is_available())
{
    Console.WriteLine("libtorch sees no CUDA device, or the program was built without the package of a CUDA backend: nothing was checked.");
    return 0;
}

int? gpu = isRehearsal ? null : 0;
Console.WriteLine(isRehearsal ? "A rehearsal: the processor is compared with itself.\n" : $"libtorch sees {torch.cuda.device_count()} CUDA devices; the first one is checked.\n");
Console.WriteLine("| network | loss | weights | scores | agrees | processor, rows/s | graphics processor, rows/s |\n|---|---:|---:|---:|---|---:|---:|");
var compared = CheckRow.Of(ComparedRows);
var timed = CheckRow.Of(isRehearsal ? ComparedRows : TimedRows);
var failures = 0;
foreach (var check in CheckCase.All)
{
    var start = DeviceRun.Of(check.Compared with { MaxEpochs = 2, LearningRate = LeastRate }, compared, gpu: null);
    var difference = RunDifference.Of(start, DeviceRun.Of(check.Compared, compared, gpu: null), DeviceRun.Of(check.Compared, compared, gpu));
    failures += difference.IsSmall ? 0 : 1;
    var speeds = new[] { null, gpu }.Select(device => DeviceRun.Of(check.Timed, timed, device).RowsPerSecond).ToList();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {check} | {difference.Loss:0.0e+0} | {difference.Weight:0.0e+0} | {difference.Score:0.0e+0} | {(difference.IsSmall ? "yes" : "NO")} | {speeds[0]:N0} | {speeds[1]:N0} |"));
}

Console.WriteLine($"\nThe greatest differences; {RunDifference.Bounds} agree. {CheckCase.All.Count - failures} of {CheckCase.All.Count} networks do.");
return failures == 0 ? 0 : 1;
