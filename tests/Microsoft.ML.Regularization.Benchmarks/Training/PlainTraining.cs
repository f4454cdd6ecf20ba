using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>Training as a user of TorchSharp writes it by hand: all rows in one tensor, batches by index_select, stock layers, loss, clipping and AdamW.</summary>
internal static class PlainTraining
{
    public static Measurement Run(Workload workload, double seconds)
    {
        random.manual_seed(1);
        using var features = workload.CreatePlainRows();
        using var labels = randint(Workload.Classes, [workload.Rows], dtype: ScalarType.Int64);
        using var network = workload.CreatePlain();
        using var optimizer = optim.AdamW(network.parameters(), Workload.LearningRate, weight_decay: Workload.WeightDecay);
        using var loss = new TorchSharp.Modules.CrossEntropyLoss(label_smoothing: Workload.LabelSmoothing);
        network.train();

        var timer = new EpochTimer(workload.Rows, seconds);
        while (!timer.IsDone)
        {
            using var epoch = NewDisposeScope();
            var order = randperm(workload.Rows, dtype: ScalarType.Int64);
            var sum = 0.0;
            for (var start = 0; start < workload.Rows; start += workload.BatchSize)
            {
                using var step = NewDisposeScope();
                var rows = order.narrow(0, start, Math.Min(workload.BatchSize, workload.Rows - start));
                optimizer.zero_grad();
                var value = loss.forward(network.forward(features.index_select(0, rows)), labels.index_select(0, rows));
                value.backward();
                nn.utils.clip_grad_norm_(network.parameters(), Workload.ClipNorm);
                optimizer.step();
                sum += value.item<float>();
            }

            if (!double.IsFinite(sum))
                throw new InvalidOperationException("The loss is not finite.");
            timer.EndEpoch();
        }

        return timer.Result with { Parameters = network.parameters().Sum(parameter => parameter.numel()) };
    }
}
