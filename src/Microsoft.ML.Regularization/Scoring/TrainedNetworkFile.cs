using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// A trained network in a model file: <c>network.json</c>, <c>weights.safetensors</c>, which Python can read from the zip file, and <c>keys.bin</c>, the
/// values that keys stand for: see <see cref="NetworkKeys"/>. docs/model-files.md describes them.
/// </summary>
internal static class TrainedNetworkFile
{
    private const string DescriptionStream = "network.json";
    private const string WeightStream = "weights.safetensors";
    private const string KeyStream = "keys.bin";

    // Enough for ten million values of 25 bytes.
    private const int MostKeyBytes = 1 << 28;

    public static void Save(ModelWriter writer, TrainedNetwork network)
    {
        // *** Binary format ***
        // string id: SHA-256 of the description
        // string id: SHA-256 of the weights
        // string id: SHA-256 of what keys stand for
        var weights = Safetensors.Write(network.Outcome.Weights);
        var description = TrainedNetworkDescription.Of(network).Write();
        writer.Write(writer.WriteStream(DescriptionStream, description));
        writer.Write(writer.WriteStream(WeightStream, weights));
        writer.Write(writer.WriteStream(KeyStream, network.Keys.ToBytes()));
    }

    /// <summary>
    /// Reads a network whose file is sound: all that is needed to score is there, has the right shape, and is a number. Whether a network of this kind may be
    /// trained is another question, and is not asked.
    /// </summary>
    /// <param name="host">For errors.</param>
    /// <param name="reader">Where from.</param>
    /// <param name="task">What the network is to predict; null for anything.</param>
    /// <exception cref="FormatException">A stream is missing, cut short or altered, or holds no such network.</exception>
    public static TrainedNetwork Load(IHost host, ModelReader reader, LearningTask? task = null)
    {
        var (descriptionChecksum, weightChecksum, keyChecksum) = (reader.ReadText(), reader.ReadText(), reader.ReadText());
        var stream = reader.Find(host, DescriptionStream);
        var description = TrainedNetworkDescription.Read(host, stream, descriptionChecksum);
        var weights = ReadWeights(reader.Find(host, WeightStream), weightChecksum, description);
        var keyStream = reader.Find(host, KeyStream);
        var keys = NetworkKeys.Read(host, keyStream.Read(keyChecksum, MostKeyBytes));
        if (!keys.Fit(description.Input, description.Outputs))
            throw keyStream.Fault("is that of another network.");
        var network = description.Members is not { } members ? Create(host, description, weights, keys)
            : new TrainedNetwork([.. members.Select((member, i) => Create(host, member, EnsembleParts.Of(weights, i), keys))], description.History, description.Shares);
        return task is null || task == network.Task ? network : throw stream.Fault($"is of a network for {network.Task}, in a model for {task}.");
    }

    private static TrainedNetwork Create(IHost host, TrainedNetworkDescription description, NetworkWeights weights, NetworkKeys keys)
    {
        description.Imputation?.Check(host, description.Input);
        var outcome = new TrainingOutcome(weights, description.History, ReadScaler(host, description, weights), description.TargetScale)
        {
            Imputation = description.Imputation,
            Flags = description.Flags ?? [],
        };
        return new TrainedNetwork(
            host, description.LearnedTask, description.Architecture, description.Recipe, description.Training, description.Input, description.Outputs, outcome, keys);
    }

    private static NetworkWeights ReadWeights(ModelStream stream, string checksum, TrainedNetworkDescription description)
    {
        stream.CheckLength((long)NetworkArchitecture.MostWeights * sizeof(float));
        return stream.Read(checksum, (content, length) =>
        {
            var weights = Safetensors.Read(content, length, description.TensorsIn(length / sizeof(float)).Check);
            weights.CheckFinite();
            return weights;
        });
    }

    private static InputScaler? ReadScaler(IHost host, TrainedNetworkDescription description, NetworkWeights weights)
    {
        if (description.InputScaling == InputScaling.None)
            return null;

        var (numbers, knots) = (description.FilledInput.Numbers, description.ScalingKnots);
        var scaler = new InputScaler(description.InputScaling, Read(InputScaler.CenterName, numbers), Read(InputScaler.FactorName, numbers));
        return description.InputScaling != InputScaling.NormalQuantiles ? scaler : scaler with
        {
            Quantiles = new QuantileTable(knots, Read(QuantileTable.ValuesName, numbers, knots), Read(QuantileTable.ScoresName, numbers, knots)),
        };

        float[] Read(string name, params long[] shape) => weights.Read(host, name, shape);
    }
}
