using System.Net;
using System.Text.Json;
using Augmentations;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Examples;

/// <summary>The example's translator against a service of this process, over HTTP.</summary>
[TestClass]
public sealed class LocalTranslatorTests
{
    [TestMethod]
    public void It_translates_there_and_back_through_a_service()
    {
        using var service = new Service(text => "»" + text + "«");
        using var translator = new LocalTranslator(service.Address);
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(5));
        var options = new BackTranslationOptions { TextColumnName = nameof(Example.Sentence), Translator = translator, BatchSize = 2 };
        var translated = ml.Data.Augment(rows, options).GetColumn<string>(nameof(Example.Sentence)).ToList();
        CollectionAssert.AreEqual(Example.Clusters(5).ConvertAll(row => $"»»{row.Sentence}««"), translated);
        CollectionAssert.AreEquivalent(new[] { "en-de 2", "de-en 2", "en-de 2", "de-en 2", "en-de 1", "de-en 1" }, service.Questions);
    }

    [TestMethod]
    public void A_service_that_fails_is_named_with_the_text_it_failed_on()
    {
        using var service = new Service(text => throw new InvalidOperationException(text));
        using var translator = new LocalTranslator(service.Address);
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(5));
        var options = new BackTranslationOptions { TextColumnName = nameof(Example.Sentence), Translator = translator };
        var error = Assert.Throws<Exception>(() => ml.Data.Augment(rows, options).GetColumn<string>(nameof(Example.Sentence)).ToList());
        Assert.Contains(nameof(LocalTranslator), error.ToString());
        Assert.Contains("The big dog number 0", error.ToString());
    }

    private sealed class Service : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Service(Func<string, string> translate)
        {
            // A port that was free a moment ago.
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = new Uri($"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            }

            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = AnswerAsync(translate);
        }

        public Uri Address { get; }

        public List<string> Questions { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync(Func<string, string> translate)
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                try
                {
                    using var question = await JsonDocument.ParseAsync(context.Request.InputStream);
                    var texts = question.RootElement.GetProperty("q").EnumerateArray().Select(text => text.GetString()!).ToList();
                    Questions.Add($"{question.RootElement.GetProperty("source")}-{question.RootElement.GetProperty("target")} {texts.Count}");
                    await JsonSerializer.SerializeAsync(context.Response.OutputStream, new { translatedText = texts.Select(translate).ToArray() });
                }
                catch (InvalidOperationException)
                {
                    context.Response.StatusCode = 500;
                }

                context.Response.Close();
            }
        }
    }
}
