using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>A checkpoint that was changed, its checksum included, is refused as damaged or as another run's, or the run goes on.</summary>
[TestClass]
public sealed class MangledCheckpointTests
{
    private const int Mutants = 60;

    [TestMethod]
    public void Whatever_its_description_says_the_error_is_the_checkpoints()
    {
        using var run = new CheckpointedRun();
        run.Fit();
        var (whole, random, refused) = (run.Folder.Last, new Random(7), 0);
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            File.WriteAllBytes(run.Folder["last.safetensors"], whole);
            var what = "";
            run.Rewrite(description =>
            {
                var (changed, how) = Mutation.Json(Encoding.UTF8.GetBytes(description.ToJsonString()), random);
                description.Clear();
                foreach (var (name, value) in JsonNode.Parse(changed)!.AsObject())
                    description[name] = value?.DeepClone();
                what = how;
            });
            try
            {
                run.Fit(run.Options with { MaxEpochs = 4 });
            }
            catch (FormatException exception)
            {
                Assert.Contains("is damaged", exception.Message, what);
                refused++;
            }
            catch (ArgumentOutOfRangeException exception)
            {
                Assert.Contains("is of another run", exception.Message, what);
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{what}: {exception}");
            }
        }

        Assert.IsGreaterThan(Mutants / 3, refused);
    }

    [TestMethod]
    public void Weights_that_are_not_finite_are_refused_by_name()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        Change(run, tensor => tensor.Name.EndsWith("hidden.1.linear.bias", StringComparison.Ordinal)
            ? tensor with { Bytes = [.. BitConverter.GetBytes(float.NaN), .. tensor.Bytes[4..]] }
            : tensor);
        Assert.Contains("'network.hidden.1.linear.bias' holds numbers that are not finite", Assert.ThrowsExactly<FormatException>(() => run.Fit()).Message);
    }

    [TestMethod]
    public void A_tensor_that_is_shorter_than_its_shape_is_refused_by_name()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        var file = Encoding.Latin1.GetString(run.Folder.Last);
        const string Entry = """hidden.1.linear.weight":{"dtype":"F32","shape":[16,""";
        var changed = file.Replace(Entry + "16]", Entry + "17]", StringComparison.Ordinal);
        Assert.AreNotEqual(file, changed);
        File.WriteAllBytes(run.Folder["last.safetensors"], WithChecksum(Encoding.Latin1.GetBytes(changed)));
        var message = Assert.ThrowsExactly<FormatException>(() => run.Fit()).Message;
        Assert.Contains("hidden.1.linear.weight' of shape (16, 17)", message);
    }

    [TestMethod]
    public void A_tensor_of_another_type_is_refused_by_name()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        Change(run, tensor => tensor.Name == "network.output.bias" ? tensor with { Type = "I32" } : tensor);
        Assert.Contains("'network.output.bias' is of another type", Assert.ThrowsExactly<FormatException>(() => run.Fit()).Message);
    }

    private static void Change(CheckpointedRun run, Func<CheckpointTensor, CheckpointTensor> change)
    {
        CheckpointContent content;
        using (var file = File.OpenRead(run.Folder["last.safetensors"]))
            content = CheckpointFile.Read(file);
        using var rewritten = File.Create(run.Folder["last.safetensors"]);
        CheckpointFile.Write(rewritten, content with { Tensors = [.. content.Tensors.Select(change)] });
    }

    private static byte[] WithChecksum(byte[] file)
    {
        var place = file.AsSpan().IndexOf("\"sha256\":\""u8) + 10;
        file.AsSpan(place, 64).Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexString(SHA256.HashData(file))).CopyTo(file, place);
        return file;
    }
}
