// SPDX-License-Identifier: Apache-2.0

package service

import "github.com/prometheus/client_golang/prometheus"

// metrics are what an operator watches.
type metrics struct {
	registry      *prometheus.Registry
	height        prometheus.Gauge
	committed     *prometheus.CounterVec
	revealed      *prometheus.CounterVec
	missed        *prometheus.CounterVec
	models        *prometheus.CounterVec
	fetchFailures *prometheus.CounterVec
	duration      *prometheus.HistogramVec
	lastReveal    *prometheus.GaugeVec
}

func newMetrics() *metrics {
	const space = "weal_evaluator"
	topic := []string{"topic"}
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: space, Name: name, Help: help}, topic)
	}
	m := &metrics{
		registry:      prometheus.NewRegistry(),
		height:        prometheus.NewGauge(prometheus.GaugeOpts{Namespace: space, Name: "height", Help: "Last block seen."}),
		committed:     counter("commits_total", "Epochs whose row was committed."),
		revealed:      counter("reveals_total", "Epochs whose row was revealed."),
		missed:        counter("missed_epochs_total", "Epochs in which nothing was revealed."),
		models:        counter("models_total", "Models that were run."),
		fetchFailures: counter("fetch_failures_total", "Models that nobody served."),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: space, Name: "measure_seconds", Help: "Time to measure an epoch's models.",
			Buckets: prometheus.ExponentialBuckets(0.5, 2, 14),
		}, topic),
		lastReveal: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: space, Name: "last_revealed_epoch", Help: "Last epoch revealed."}, topic),
	}
	m.registry.MustRegister(m.height, m.committed, m.revealed, m.missed, m.models, m.fetchFailures, m.duration, m.lastReveal)
	return m
}
